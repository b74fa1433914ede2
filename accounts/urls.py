"""Signing in and out, the list of accounts, and organisations with their people."""

from django.urls import path

from accounts.views import coming_in, invitations, lists, members, organisation, you

app_name = "accounts"
urlpatterns = [
    path("", lists.my_accounts, name="my_accounts"),
    path("sign-in/", coming_in.SignIn.as_view(), name="sign_in"),
    path("sign-out/", coming_in.SignOut.as_view(), name="sign_out"),
    path("me/", you.you, name="you"),
    path("me/second-factor/first/", you.second_factor_first, name="second_factor_first"),
    path("invitation/", invitations.invitation, name="invitation"),
    path("invitations/<str:token>/", invitations.follow_invitation, name="follow_invitation"),
    path("organisations/<slug:organisation>/", organisation.organisation, name="organisation"),
    path("organisations/<slug:organisation>/about/", organisation.about_organisation, name="about_organisation"),
    path("organisations/<slug:organisation>/people/", members.people, name="people"),
    path("organisations/<slug:organisation>/people/invite/", members.invite, name="invite"),
    path("organisations/<slug:organisation>/people/<uuid:person_id>/", members.member, name="member"),
    path(
        "organisations/<slug:organisation>/people/<uuid:person_id>/remove/", members.remove_member, name="remove_member"
    ),
    path(
        "organisations/<slug:organisation>/invitations/<uuid:invitation_id>/withdraw/",
        members.withdraw_invitation,
        name="withdraw_invitation",
    ),
    path(
        "organisations/<slug:organisation>/invitations/<uuid:invitation_id>/send-again/",
        members.send_invitation_again,
        name="send_invitation_again",
    ),
]
