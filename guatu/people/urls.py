"""Addresses of the package."""

from django.urls import path

from guatu.people.views import account, calendar, feeds, places, users

app_name = "people"
urlpatterns = [
    path("login/", account.sign_in, name="sign_in"),
    path("logout/", account.sign_out, name="sign_out"),
    path("post/", account.switch_post, name="switch_post"),
    path("account/", account.account, name="account"),
    path("account/password/", account.password, name="password"),
    path("account/tokens/", account.issue_token, name="issue_token"),
    path("account/tokens/<uuid:public_id>/revoke/", account.revoke_token, name="revoke_token"),
    path("account/feeds/<uuid:public_id>/", feeds.issue_feed, name="issue_feed"),
    path("account/feeds/<uuid:public_id>/withdraw/", feeds.withdraw_feed, name="withdraw_feed"),
    path("account/delegations/<uuid:public_id>/end/", account.end_delegation, name="end_delegation"),
    path("people/regions/", places.regions, name="regions"),
    path("people/regions/<uuid:public_id>/", places.region, name="region"),
    path("people/units/", places.units, name="units"),
    path("people/units/<uuid:public_id>/", places.unit, name="unit"),
    path("people/posts/", places.posts, name="posts"),
    path("people/posts/<uuid:public_id>/", places.post, name="post"),
    path("people/users/", users.users, name="users"),
    path("people/users/<uuid:public_id>/", users.user, name="user"),
    path("people/users/<uuid:public_id>/phone/", users.phone, name="phone"),
    path("people/calendar/", calendar.calendar, name="calendar"),
    path("people/calendar/<int:year>/", calendar.calendar_year, name="calendar_year"),
    path("people/calendar/closures/<uuid:public_id>/", calendar.closure, name="closure"),
    path("people/calendar/sittings/<uuid:public_id>/", calendar.sitting, name="sitting"),
    path("people/rights/", users.rights_table, name="rights"),
    path("people/double-duty/", users.double_duty, name="double_duty"),
]
