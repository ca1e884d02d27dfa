// Users: who they are, what they may do and for which services. For administrators.

#include "store/sessions.hpp"
#include "web/pages/forms.hpp"
#include "web/pages/pages.hpp"
#include "web/passwords.hpp"
#include "web/site.hpp"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>

namespace optimat {

namespace {

std::string services_words(const User& user) {
    if (user.whole_organisation) return "whole organisation";
    return user.services.empty() ? "none" : fmt::format("{}", fmt::join(user.services, ", "));
}

std::string_view what_role_may(Role role) {
    switch (role) {
    case Role::organisation_analyst:
        return "All figures, lists and records of people, data";
    case Role::service_manager:
        return "All figures; lists and records of people of their services; records reviews";
    case Role::clinician:
        return "All figures; lists and records of people of their services; records and signs reviews";
    case Role::data_manager:
        return "All figures; people of their services; brings data in";
    case Role::recovery_worker:
        return "All figures; people of their own caseload; records reviews";
    case Role::peer_representative:
        return "All figures; no page about a person";
    case Role::commissioner:
        return "Figures with small numbers hidden; no page about a person";
    case Role::administrator:
        return "Users, settings and the audit log; no page about a person";
    }
    return {};
}

Html role_choice(const User& user, const FieldErrors& errors) {
    std::vector<nhsuk::Choice> items;
    for (std::size_t i = 0; i < role_count; ++i) {
        const auto role = static_cast<Role>(i);
        items.push_back({.label = {.content = words_for(role)},
                         .value = std::string(text_of(role)),
                         .hint = nhsuk::Hint{.content = what_role_may(role)}});
    }
    return nhsuk::radios({.name = "role",
                          .items = items,
                          .fieldset = nhsuk::Fieldset{.legend = {.content = "Role"}},
                          .values = {std::string(text_of(user.role))},
                          .error_message = errors.of("role"),
                          .small = true});
}

Html service_choice(Context& context, const User& user) {
    std::vector<nhsuk::Choice> items = {
        {.label = {.content = "Whole organisation"}, .value = "*", .checked = user.whole_organisation}};
    std::vector<std::string> known;
    if (const auto figures = context.site.figures(*context.store))
        for (const Service& service : figures->extract().services) {
            known.push_back(service.service_id);
            items.push_back({.label = {.content = service.name},
                             .value = service.service_id,
                             .checked = std::ranges::binary_search(user.services, service.service_id)});
        }
    // Services that the newest data do not have stay with their users.
    for (const std::string& service : user.services)
        if (std::ranges::find(known, service) == known.end())
            items.push_back({.label = {.content = service}, .value = service, .checked = true});
    return nhsuk::checkboxes({.name = "services",
                              .items = items,
                              .fieldset = nhsuk::Fieldset{.legend = {.content = "Services they belong to"}},
                              .small = true,
                              .form_group = {.classes = "app-many-choices"}});
}

Html user_fields(Context& context, const User& user, const FieldErrors& errors) {
    Html fields;
    if (user.number == 0)
        fields += text_field("sign_in_name", "Sign-in name", user.sign_in_name, errors,
                             "Letters, digits and . - _ @", "off");
    fields += text_field("name", "Name", user.name, errors, {}, "off");
    fields += role_choice(user, errors);
    fields += service_choice(context, user);
    fields +=
        text_field("keyworker_id", "Keyworker id", user.keyworker_id, errors,
                   "Of a recovery worker: as in the case-management system, for their own caseload", "off");
    if (user.number != 0) {
        fields += nhsuk::checkboxes(
            {.name = "active",
             .items = {{.label = {.content = "May sign in"}, .value = "yes", .checked = user.active}},
             .small = true});
        fields += nhsuk::checkboxes(
            {.name = "new_password",
             .items = {{.label = {.content = "Make a new password"},
                        .value = "yes",
                        .hint =
                            nhsuk::Hint{.content =
                                            "It is shown once, for you to pass on. Their sessions end."}}},
             .small = true});
        fields += tag::input({{"type", "hidden"}, {"name", "version"}, {"value", user.version}});
    }
    return fields;
}

Response user_page(Context& context, const User& user, const FieldErrors& errors, int status,
                   std::optional<Html> success = {}) {
    PageFrame frame = frame_for(context, Section::users);
    frame.title = frame.heading = user.number == 0 ? "Add a user" : user.name;
    frame.width = PageWidth::reading;
    frame.breadcrumbs = {{"Users", "/users"}};
    frame.errors = errors.summary();
    frame.success = std::move(success);
    frame.main = post_form(
        context, user.number == 0 ? std::string("/users/new") : fmt::format("/users/{}", user.number),
        user_fields(context, user, errors), {.content = user.number == 0 ? "Add the user" : "Save"});
    return respond(frame, status);
}

/// The user of the path; nobody yet for `new`.
User user_of_path(Context& context) {
    const std::string& text = context.path_values.front();
    if (text == "new") return {};
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    auto user = error == std::errc{} && end == text.data() + text.size()
                    ? find_user(*context.database, number)
                    : std::nullopt;
    if (!user) throw HttpError(404, "There is no such user.");
    return std::move(*user);
}

/// The user as typed into the form.
User typed_user(Context& context, User user, FieldErrors& errors) {
    if (user.number == 0)
        user.sign_in_name = context.field("sign_in_name");
    else
        user.active = context.is_checked("active");
    user.name = context.field("name");
    if (user.name.empty()) errors.add("name", "Write the name that is shown");
    const auto role = role_of(context.field("role"));
    if (role)
        user.role = *role;
    else
        errors.add("role", "Choose a role");
    user.services = context.fields("services");
    user.whole_organisation = std::erase(user.services, "*") > 0;
    std::ranges::sort(user.services);
    user.keyworker_id = context.field("keyworker_id");
    const std::string version = context.field("version");
    std::from_chars(version.data(), version.data() + version.size(), user.version);
    if (user.role == Role::recovery_worker && user.keyworker_id.empty())
        errors.add("keyworker_id", "A recovery worker sees the caseload of a keyworker id: write it");
    return user;
}

Html new_password_words(const User& user, const std::string& password) {
    return html_of(tag::p({}, "The password of ", tag::strong({}, user.sign_in_name),
                          " is shown only now: ", tag::code({{"class", "app-secret"}}, password)),
                   tag::p({}, "Pass it on by a safe way, and ask them to change it under Your account."));
}

Response save_new(Context& context, const User& user) {
    const std::string password = made_up_password();
    const User added = add_user(*context.database, user, hash_password(password), context.now_text());
    context.audit.subject = added.sign_in_name;
    context.audit.detail = fmt::format("added, {}", words_for(added.role));
    return user_page(context, added, {}, 200, new_password_words(added, password));
}

Response save_changed(Context& context, const User& user) {
    const User changed = change_user(*context.database, user);
    // Asked after the change, which holds the users' lock: two who demote each other cannot both succeed.
    if (std::ranges::none_of(list_users(*context.database),
                             [](const User& any) { return any.active && any.role == Role::administrator; }))
        throw HttpError(
            409, "Nobody would be left who can manage users. Make somebody else an administrator first.");
    context.audit.subject = changed.sign_in_name;
    context.audit.detail =
        fmt::format("changed, {}, {}, {}", words_for(changed.role), services_words(changed),
                    changed.active ? "may sign in" : "may not sign in");
    if (!context.is_checked("new_password")) return user_page(context, changed, {}, 200, Html("Saved."));
    const std::string password = made_up_password();
    change_password(*context.database, changed.number, hash_password(password), "");
    context.audit.detail += ", new password";
    return user_page(context, changed, {}, 200, new_password_words(changed, password));
}

/// Somebody else saved the user meanwhile: what was typed stays, and what is stored is told.
Response conflict_page(Context& context, User typed) {
    const User stored = find_user(*context.database, typed.number).value_or(typed);
    FieldErrors errors;
    errors.add(
        "name",
        fmt::format(
            "Somebody else changed this user while you did. Stored now: {}, {}, services: {}, {}. Below is "
            "what you typed; save again to put it in place of that.",
            stored.name, words_for(stored.role), services_words(stored),
            stored.active ? "may sign in" : "may not sign in"));
    typed.version = stored.version;
    context.audit.outcome = AuditOutcome::failed;
    context.audit.subject = stored.sign_in_name;
    return user_page(context, typed, errors, 409);
}

}  // namespace

namespace pages {

Response users(Context& context) {
    DataTable table{"users", "Users", "", {}, {}, 1};
    table.columns = {{"sign_in_name", "Sign-in name", CellKind::words, ""},
                     {"name", "Name", CellKind::words, ""},
                     {"role", "Role", CellKind::words, ""},
                     {"services", "Services", CellKind::words, ""},
                     {"last_sign_in", "Last signed in", CellKind::words, ""},
                     {"active", "May sign in", CellKind::words, ""}};
    for (const User& user : list_users(*context.database))
        table.rows.push_back(
            {DataCell::words(user.sign_in_name).linked(fmt::format("/users/{}", user.number)),
             DataCell::words(user.name), DataCell::words(std::string(words_for(user.role))),
             DataCell::words(services_words(user)),
             user.last_sign_in_at.empty() ? DataCell::nothing()
                                          : DataCell::words(user.last_sign_in_at.substr(0, 10)),
             DataCell::words(user.active ? "yes" : "no")});
    PageFrame frame = frame_for(context, Section::users);
    frame.title = frame.heading = "Users";
    frame.main = html_of(nhsuk::button({.content = "Add a user", .href = "/users/new"}), table_html(table));
    return respond(frame);
}

Response user_form(Context& context) { return user_page(context, user_of_path(context), {}, 200); }

Response save_user(Context& context) {
    FieldErrors errors;
    const User user = typed_user(context, user_of_path(context), errors);
    context.audit.subject = user.sign_in_name;
    if (user.number == context.user().user.number && (!user.active || user.role != Role::administrator))
        errors.add("role", "You cannot take your own access away; another administrator can");
    if (!errors.empty()) {
        context.audit.outcome = AuditOutcome::failed;
        return user_page(context, user, errors, 422);
    }
    try {
        return user.number == 0 ? save_new(context, user) : save_changed(context, user);
    } catch (const ConflictError&) {
        return conflict_page(context, user);
    } catch (const UsageError& error) {
        errors.add("sign_in_name", error.what());
        context.audit.outcome = AuditOutcome::failed;
        return user_page(context, user, errors, 422);
    }
}

}  // namespace pages

}  // namespace optimat
