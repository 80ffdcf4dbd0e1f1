"""The addresses of getting in and of settings."""

from django.urls import path

from headway.interfaces.web import (
    access,
    calendar,
    reminders,
    settings,
    settings_access,
    tokens,
    webhooks,
)

urlpatterns = [
    path("", access.home, name="home"),
    path("access/set-up/", access.set_up, name="set-up"),
    path("access/log-in/", access.log_in, name="log-in"),
    path("access/code/", access.second_factor, name="second-factor"),
    path("access/log-out/", access.log_out, name="log-out"),
    path("access/invitation/<str:token>/", access.invitation, name="accept-invitation"),
    path("access/reset/<str:token>/", access.reset, name="reset-password"),
    path("access/link/<str:token>/", access.log_in_link, name="log-in-by-link"),
    path("settings/", settings.own, name="settings"),
    path("settings/own-data.zip", settings.own_archive, name="settings-own-data"),
    path("settings/password/", settings.password, name="settings-password"),
    path("settings/second-factor/", settings.second_factor, name="settings-factor"),
    path(
        "settings/second-factor/remove/",
        settings.remove_second_factor,
        name="settings-remove-factor",
    ),
    path("settings/tokens/", tokens.make, name="settings-token"),
    path("settings/tokens/<int:token_id>/revoke/", tokens.revoke, name="settings-revoke-token"),
    path("settings/reminders/", reminders.choose, name="settings-reminders"),
    path("settings/calendar/", calendar.make, name="settings-calendar"),
    path("settings/calendar/revoke/", calendar.revoke, name="settings-revoke-calendar"),
    path("calendar/<str:secret>.ics", calendar.feed, name="calendar"),
    path("reminders/stop/<str:token>/", reminders.stop, name="reminders-stop"),
    path("settings/sending/", webhooks.listed, name="settings-sending"),
    path("settings/sending/<int:webhook_id>/test/", webhooks.test, name="settings-test-webhook"),
    path(
        "settings/sending/<int:webhook_id>/remove/",
        webhooks.remove,
        name="settings-remove-webhook",
    ),
    path("settings/theme/", settings.theme, name="settings-theme"),
    path("settings/keys/", settings.keys, name="settings-keys"),
    path("settings/sign-out/", settings.sign_out_everywhere, name="settings-sign-out"),
    path("settings/audit/", settings.audit_entries, name="settings-audit"),
    path("settings/audit/check/", settings.audit_check, name="settings-audit-check"),
    path("settings/access/", settings_access.listed, name="settings-access"),
    path("settings/access/invite/", settings_access.invite, name="settings-invite"),
    path(
        "settings/access/links/<int:link_id>/withdraw/",
        settings_access.withdraw_link,
        name="settings-withdraw-link",
    ),
    path("settings/access/<int:account_id>/", settings_access.account, name="settings-account"),
    path("settings/access/<int:account_id>/roles/", settings_access.roles, name="settings-roles"),
    path(
        "settings/access/<int:account_id>/disable/",
        settings_access.disable,
        name="settings-disable",
    ),
    path(
        "settings/access/<int:account_id>/enable/", settings_access.enable, name="settings-enable"
    ),
    path(
        "settings/access/<int:account_id>/sign-out/",
        settings_access.sign_out,
        name="settings-sign-out-them",
    ),
    path(
        "settings/access/<int:account_id>/second-factor/remove/",
        settings_access.remove_factor,
        name="settings-remove-their-factor",
    ),
    path(
        "settings/access/<int:account_id>/reset/",
        settings_access.reset_link,
        name="settings-reset-link",
    ),
]
