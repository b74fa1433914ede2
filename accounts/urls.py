"""Signing in and out, and the list of accounts."""

from django.urls import path

from accounts.views import coming_in, lists, you

app_name = "accounts"
urlpatterns = [
    path("", lists.my_accounts, name="my_accounts"),
    path("sign-in/", coming_in.SignIn.as_view(), name="sign_in"),
    path("sign-out/", coming_in.SignOut.as_view(), name="sign_out"),
    path("me/", you.you, name="you"),
    path("me/second-factor/first/", you.second_factor_first, name="second_factor_first"),
]
