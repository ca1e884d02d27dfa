// Signing in and out, the one-time link of the first start, and the user's own account.

#include "http/metrics.hpp"
#include "store/sessions.hpp"
#include "web/pages/forms.hpp"
#include "web/pages/pages.hpp"
#include "web/passwords.hpp"
#include "web/route.hpp"
#include "web/site.hpp"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>

namespace optimat {

namespace {

constexpr std::int64_t seconds_a_day = 24 * 60 * 60;

/// Where to go after signing in: within this site, or home.
std::string safe_next(const std::string& next) {
    // Browsers leave tabs and line ends out, so that two slashes may come together.
    const auto left_out = [](unsigned char c) { return c <= 0x20 || c == 0x7f || c == '\\'; };
    const bool inside =
        next.starts_with('/') && !next.starts_with("//") && std::ranges::none_of(next, left_out);
    return inside ? next : "/";
}

std::string wait_words(std::int64_t seconds) {
    if (seconds < 90) return fmt::format("{} seconds", seconds);
    return fmt::format("{} minutes", (seconds + 59) / 60);
}

/// A sign-in name that may go on in the next line before its `@`.
Html breakable(std::string_view name) {
    const std::size_t at = std::min(name.find('@'), name.size());
    return html_of(name.substr(0, at), Html::trusted("<wbr>"), name.substr(at));
}

Html demonstration_accounts(const Context& context) {
    const auto& accounts = context.site.options().demonstration;
    if (accounts.empty()) return {};
    Html rows;
    for (const DemonstrationAccount& account : accounts)
        rows += tag::tr({}, tag::th({{"scope", "row"}}, account.words),
                        tag::td({}, tag::code({}, breakable(account.sign_in_name))));
    return tag::div({{"class", "app-demonstration-accounts"}},
                    tag::table({{"class", "app-table app-table--fit"}},
                               tag::caption({}, "Demonstration accounts"),
                               tag::thead({}, tag::tr({}, tag::th({{"scope", "col"}}, "Role"),
                                                      tag::th({{"scope", "col"}}, "Sign-in name"))),
                               tag::tbody({}, rows)),
                    tag::p({}, "The password of each: ", tag::code({}, accounts.front().password)));
}

Response sign_in_page(Context& context, const std::string& name, const std::string& next,
                      const FieldErrors& errors, int status) {
    PageFrame frame = frame_for(context, Section::none);
    frame.title = frame.heading = "Sign in";
    frame.width = PageWidth::reading;
    frame.errors = errors.summary();
    Html fields = text_field("sign_in_name", "Sign-in name", name, errors, {}, "username");
    fields += password_field("password", "Password", errors, {}, "current-password");
    fields += tag::input({{"type", "hidden"}, {"name", "next"}, {"value", next}});
    frame.main = post_form(context, "/sign-in", fields, {.content = "Sign in"});
    frame.main += demonstration_accounts(context);
    Response response = respond(frame, status);
    response.headers.push_back(set_cookie(visit_cookie_name, context.visit(), context.request));
    return response;
}

/// Begins the session of a user and goes on.
Response let_in(Context& context, const User& user, const std::string& next) {
    const std::string secret = begin_session(*context.database, user.number, context.now);
    record_sign_in(*context.database, user.number, context.now_text());
    Response response = see_other(next);
    response.headers.push_back(set_cookie(session_cookie_name(context.request), secret, context.request));
    response.headers.push_back(forget_cookie(visit_cookie_name, context.request));
    return response;
}

/// The user when name and password are right and the user may sign in. Takes as long when there is no such
/// user.
std::optional<User> check_password(Database& database, const std::string& name, const std::string& password) {
    static const std::string nobody = hash_password("nobody has this password");
    const auto user = find_user_by_name(database, name);
    const std::string hash = user ? password_hash_of(database, user->number) : nobody;
    const bool right = verify_password(hash, password);
    return user && user->active && right ? user : std::nullopt;
}

bool may_be_sign_in_name(std::string_view name) {
    return name.size() <= 60 &&
           std::ranges::all_of(name, [](unsigned char c) { return c > 0x20 && c < 0x7f; });
}

/// Counts the attempt as failed until it has succeeded, so that many at once are many; returns why there is
/// none now, which is in the audit log then.
std::string begin_attempt(Context& context, const std::string& name) {
    Database& database = *context.database;
    Transaction transaction(database, Transaction::Kind::write);
    database.lock("sign_in");
    // What was typed may be a password: only the name of a user goes into the log.
    if (may_be_sign_in_name(name) && find_user_by_name(database, name)) context.audit.subject = name;
    std::string words;
    if (const auto wait = seconds_to_wait(database, name, context.request.peer, context.now); wait > 0)
        words = fmt::format("There have been too many attempts. Try again in {}.", wait_words(wait));
    else
        record_failure(database, name, context.request.peer, context.now);
    if (words.empty() && !may_be_sign_in_name(name)) words = "The sign-in name or the password is not right.";
    if (!words.empty()) {
        context.audit.outcome = AuditOutcome::refused;
        record_audit(database, context.audit);
    }
    transaction.commit();
    return words;
}

Response refuse_sign_in(Context& context, const std::string& name, const std::string& next,
                        const std::string& words) {
    FieldErrors errors;
    errors.add("sign_in_name", words);
    return sign_in_page(context, name, next, errors, 422);
}

}  // namespace

namespace pages {

Response sign_in_form(Context& context) {
    const std::string next = safe_next(context.parameter("next"));
    if (context.viewer) return see_other(next);
    return sign_in_page(context, "", next, {}, 200);
}

Response sign_in(Context& context) {
    Database& database = *context.database;
    const std::string name = context.field("sign_in_name"), next = safe_next(context.field("next"));
    const std::string attempted = begin_attempt(context, name);
    if (!attempted.empty()) return refuse_sign_in(context, name, next, attempted);
    const auto user = check_password(database, name, context.field("password"));
    Transaction transaction(database, Transaction::Kind::write);
    context.audit.outcome = user ? AuditOutcome::allowed : AuditOutcome::refused;
    record_audit(database, context.audit);
    Response response;
    if (user) {
        forget_failures(database, name);
        response = let_in(context, *user, next);
    } else {
        if (Metrics* metrics = context.site.options().metrics) metrics->sign_in_failed();
        response = refuse_sign_in(context, name, next, "The sign-in name or the password is not right.");
    }
    transaction.commit();
    return response;
}

Response sign_out(Context& context) {
    end_session(*context.database, context.user().session);
    Response response = see_other("/sign-in");
    response.headers.push_back(forget_cookie(session_cookie_name(context.request), context.request));
    return response;
}

}  // namespace pages

namespace {

Response set_up_page(Context& context, const FieldErrors& errors, int status) {
    PageFrame frame = frame_for(context, Section::none);
    frame.title = frame.heading = "Set up Optimat";
    frame.width = PageWidth::reading;
    frame.errors = errors.summary();
    Html fields = tag::p(
        {},
        "This makes the first account, an administrator, who then adds everybody else. The link works once.");
    fields += text_field("name", "Your name", context.field("name"), errors, {}, "name");
    fields +=
        text_field("sign_in_name", "Sign-in name", context.field("sign_in_name"), errors, {}, "username");
    fields += password_field("password", "Password", errors, "At least 12 characters", "new-password");
    frame.main = post_form(context, context.request.path, fields, {.content = "Make the account"});
    Response response = respond(frame, status);
    response.headers.push_back(set_cookie(visit_cookie_name, context.visit(), context.request));
    return response;
}

void check_set_up_link(Context& context) {
    if (!is_setup_secret(*context.database, context.path_values.front(), context.now))
        throw HttpError(
            404, "This link has been used or has run out. Start the server again for a new one, or sign in.");
}

}  // namespace

namespace pages {

Response set_up_form(Context& context) {
    check_set_up_link(context);
    return set_up_page(context, {}, 200);
}

Response set_up(Context& context) {
    check_set_up_link(context);
    FieldErrors errors;
    const std::string name = context.field("name"), sign_in_name = context.field("sign_in_name");
    if (name.empty()) errors.add("name", "Write your name");
    if (const auto problem = problem_of_password(context.field("password"), sign_in_name))
        errors.add("password", *problem);
    if (!errors.empty()) return set_up_page(context, errors, 422);
    User user;
    user.name = name;
    user.sign_in_name = sign_in_name;
    user.role = Role::administrator;
    user.whole_organisation = true;
    try {
        user =
            add_user(*context.database, user, hash_password(context.field("password")), context.now_text());
    } catch (const UsageError& error) {
        errors.add("sign_in_name", error.what());
        return set_up_page(context, errors, 422);
    }
    forget_setup_secret(*context.database);
    context.audit.subject = user.sign_in_name;
    return let_in(context, user, "/users");
}

}  // namespace pages

namespace {

std::string day_of_seconds(std::int64_t seconds) { return utc_text(seconds).substr(0, 10); }

Html token_rows(Context& context) {
    Html rows;
    for (const AccessToken& token : list_tokens(*context.database, context.user().user.number)) {
        const Html number = tag::input({{"type", "hidden"}, {"name", "number"}, {"value", token.number}});
        rows += tag::tr({}, tag::th({{"scope", "row"}}, token.label),
                        tag::td({}, day_of_seconds(token.expires_at)),
                        tag::td({}, token.used_at == 0 ? "never" : day_of_seconds(token.used_at)),
                        tag::td({}, post_form(context, "/account/tokens/remove", number,
                                              {.content = "Remove",
                                               .variant = "secondary",
                                               .small = true,
                                               .aria_label = "Remove " + token.label})));
    }
    return rows;
}

Html token_section(Context& context, const std::string& new_token, const FieldErrors& errors) {
    Html out = tag::h2({}, "Access for programs");
    out += tag::p({}, "A token lets a program ask the API for what you may see, as ",
                  tag::code({}, "Authorization: Bearer TOKEN"), ". ",
                  tag::a({{"href", "/api/v1/openapi.json"}}, "Description of the API"));
    if (!new_token.empty())
        out += nhsuk::inset_text(
            {.content = html_of(tag::p({}, "Your new token. It is shown only now:"),
                                tag::p({}, tag::code({{"class", "app-secret"}}, new_token)))});
    if (const Html rows = token_rows(context); !rows.empty())
        out += tag::table({{"class", "app-table app-table--fit"}}, tag::caption({}, "Your tokens"),
                          tag::thead({}, tag::tr({}, tag::th({{"scope", "col"}}, "Name"),
                                                 tag::th({{"scope", "col"}}, "Ends"),
                                                 tag::th({{"scope", "col"}}, "Last used"),
                                                 tag::th({{"scope", "col"}}, "Remove"))),
                          tag::tbody({}, rows));
    out += post_form(context, "/account/tokens",
                     text_field("label", "Name of a new token", "", errors, "What it is for", "off"),
                     {.content = "Make a token", .variant = "secondary"});
    return out;
}

Html about_user(const Context& context) {
    const User& user = context.user().user;
    std::string services = "the whole organisation";
    if (!user.whole_organisation)
        services = user.services.empty() ? "none" : fmt::format("{}", fmt::join(user.services, ", "));
    std::vector<nhsuk::SummaryList::Row> rows;
    const auto add = [&](std::string_view key, const std::string& value) {
        rows.push_back({.key = {.content = key}, .value = {.content = value}});
    };
    add("Name", user.name);
    add("Sign-in name", user.sign_in_name);
    add("Role", std::string(words_for(user.role)));
    add("Services", services);
    if (!user.keyworker_id.empty()) add("Caseload of keyworker", user.keyworker_id);
    return nhsuk::summary_list({.rows = rows});
}

Response account_page(Context& context, const FieldErrors& errors, const std::string& new_token,
                      std::optional<Html> success, int status = 200) {
    PageFrame frame = frame_for(context, Section::none);
    frame.title = frame.heading = "Your account";
    frame.width = PageWidth::reading;
    frame.errors = errors.summary();
    frame.success = std::move(success);
    frame.main = about_user(context);
    Html fields = password_field("old_password", "Your password now", errors, {}, "current-password");
    fields += password_field("password", "New password", errors,
                             "At least 12 characters; a few words are easy to remember", "new-password");
    frame.main += html_of(tag::h2({}, "Change your password"),
                          post_form(context, "/account/password", fields, {.content = "Change password"}));
    frame.main += token_section(context, new_token, errors);
    return respond(frame, status);
}

}  // namespace

namespace pages {

Response account(Context& context) { return account_page(context, {}, "", std::nullopt); }

Response change_own_password(Context& context) {
    const User& user = context.user().user;
    FieldErrors errors;
    const std::string password = context.field("password");
    if (const auto wait =
            seconds_to_wait(*context.database, user.sign_in_name, context.request.peer, context.now);
        wait > 0)
        throw HttpError(429,
                        fmt::format("There have been too many attempts. Try again in {}.", wait_words(wait)));
    const bool right =
        verify_password(password_hash_of(*context.database, user.number), context.field("old_password"));
    if (!right) errors.add("old_password", "This is not your password now");
    if (const auto problem = problem_of_password(password, user.sign_in_name))
        errors.add("password", *problem);
    const std::string hash = errors.empty() ? hash_password(password) : "";
    Transaction transaction(*context.database, Transaction::Kind::write);
    context.audit.outcome = errors.empty() ? AuditOutcome::allowed : AuditOutcome::refused;
    record_audit(*context.database, context.audit);
    if (errors.empty())
        change_password(*context.database, user.number, hash, context.user().session);
    else if (!right)
        record_failure(*context.database, user.sign_in_name, context.request.peer, context.now);
    transaction.commit();
    if (!errors.empty()) return account_page(context, errors, "", std::nullopt, 422);
    return account_page(
        context, {}, "",
        Html("Your password is changed. Your other sessions and your access tokens have ended."));
}

Response add_access_token(Context& context) {
    FieldErrors errors;
    const std::string label = context.field("label");
    if (label.empty() || label.size() > 60)
        errors.add("label", "Write what the token is for, in at most 60 characters");
    if (!errors.empty()) return account_page(context, errors, "", std::nullopt, 422);
    const std::string secret = add_token(*context.database, context.user().user.number, label, context.now,
                                         context.now + 365 * seconds_a_day);
    return account_page(context, {}, secret, std::nullopt);
}

Response remove_access_token(Context& context) {
    const std::string text = context.field("number");
    std::int64_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    remove_token(*context.database, context.user().user.number, number);
    return see_other("/account");
}

}  // namespace pages

}  // namespace optimat
