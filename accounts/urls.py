"""Signing in and out, and the list of accounts."""

from django.urls import path

from accounts.views import coming_in, lists

app_name = "accounts"
urlpatterns = [
    path("", lists.my_accounts, name="my_accounts"),
    path("sign-in/", coming_in.SignIn.as_view(), name="sign_in"),
    path("sign-out/", coming_in.SignOut.as_view(), name="sign_out"),
]
