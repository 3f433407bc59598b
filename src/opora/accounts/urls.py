"""Addresses of the room: the names that allauth asks for stand bare, our own in the room's space."""

from django.urls import include, path

from opora.accounts.views import account, data, doors, people, refused_files

own = [
    path("password/sent/", doors.password_sent, name="password_sent"),
    path("invitation/<str:secret>/", doors.invitation, name="invitation"),
    path("account/", account.account, name="account"),
    path("account/consent/", account.consent, name="consent"),
    path("account/sign-out-everywhere/", account.sign_out_everywhere, name="sign_out_everywhere"),
    path("people/", people.people, name="people"),
    path("people/new/", people.add_person, name="add_person"),
    path("people/invite/", people.invite_many, name="invite_many"),
    path("people/refused-files/", refused_files.refused_files, name="refused_files"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/<int:pk>/data/", data.person_data, name="person_data"),
    path("people/<int:pk>/data/file/", data.person_data_file, name="person_data_file"),
    path("people/<int:pk>/data/erase/", data.erase, name="erase"),
    path("people/<int:pk>/data/act.docx", data.erasure_act, name="erasure_act"),
    path("people/<int:pk>/invite/", people.invite, name="invite"),
    path("people/<int:pk>/drop-second-step/", people.drop_second_step, name="drop_second_step"),
    path("account/two-steps/drawing/", account.second_step_drawing, name="second_step_drawing"),
]
urlpatterns = [
    path("login/", doors.sign_in, name="account_login"),
    path("login/code/", doors.second_step, name="mfa_authenticate"),
    path("logout/", doors.sign_out, name="account_logout"),
    path("password/forgotten/", doors.password_forgotten, name="account_reset_password"),
    path(
        "password/new/<str:uidb36>/<str:key>/",
        doors.new_password,
        name="account_reset_password_from_key",
    ),
    path("account/password/", account.password_change, name="account_change_password"),
    path("account/confirm/", account.confirm, name="account_reauthenticate"),
    path("account/two-steps/on/", account.second_step_on, name="mfa_activate_totp"),
    path("account/two-steps/off/", account.second_step_off, name="mfa_deactivate_totp"),
    path("account/codes/", account.codes, name="mfa_view_recovery_codes"),
    path("account/codes/new/", account.codes_new, name="mfa_generate_recovery_codes"),
    path("", include((own, "accounts"))),
]
