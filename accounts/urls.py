"""Signing in and out, and the list of accounts."""

from django.urls import path

from accounts import views

app_name = "accounts"
urlpatterns = [
    path("", views.my_accounts, name="my_accounts"),
    path("sign-in/", views.SignIn.as_view(), name="sign_in"),
    path("sign-out/", views.SignOut.as_view(), name="sign_out"),
]
