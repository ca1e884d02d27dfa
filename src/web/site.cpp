#include "web/site.hpp"

#include "base/check.hpp"
#include "http/log.hpp"
#include "http/metrics.hpp"
#include "report/measure_texts.hpp"
#include "store/secrets.hpp"
#include "store/snapshots.hpp"
#include "store/store.hpp"
#include "web/context.hpp"
#include "web/data_work.hpp"
#include "web/pages/error.hpp"
#include "web/route.hpp"
#include "web/views_definitions.hpp"

#include <fmt/format.h>
#include <sodium.h>

namespace optimat {

namespace {

constexpr std::string_view content_security_policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

bool has_header(const Response& response, std::string_view name) {
    return find_parameter(response.headers, name).has_value();
}

void add_security_headers(Response& response) {
    response.headers.push_back({"Content-Security-Policy", std::string(content_security_policy)});
    response.headers.push_back({"X-Content-Type-Options", "nosniff"});
    response.headers.push_back({"X-Frame-Options", "DENY"});
    response.headers.push_back({"Referrer-Policy", "same-origin"});
    response.headers.push_back({"Cross-Origin-Opener-Policy", "same-origin"});
    response.headers.push_back({"Cross-Origin-Resource-Policy", "same-origin"});
    if (!has_header(response, "Cache-Control")) response.headers.push_back({"Cache-Control", "no-store"});
}

/// A sink whose answer has what every answer has.
class AnsweringSink final : public BodySink {
  public:
    AnsweringSink(std::unique_ptr<BodySink> inner, RouteName name)
        : m_inner(std::move(inner)), m_name(name) {}
    void take(std::string_view piece) override { m_inner->take(piece); }
    Response finish() override {
        Response response = m_inner->finish();
        add_security_headers(response);
        response.route = m_name;
        return response;
    }

  private:
    std::unique_ptr<BodySink> m_inner;
    RouteName m_name;
};

bool is_this_machine(const Request& request) {
    return !request.header("x-forwarded-for") && (request.peer == "127.0.0.1" || request.peer == "::1");
}

/// Whether a browser says that the request was begun by a page of ours. Programs say nothing, and have no
/// cookies.
bool is_same_origin(const Request& request) {
    if (const auto site = request.header("sec-fetch-site")) return *site == "same-origin" || *site == "none";
    const auto origin = request.header("origin");
    if (!origin) return true;
    const std::string host(request.header("host").value_or(""));
    return *origin == fmt::format("{}://{}", request.secure ? "https" : "http", host);
}

bool equal_in_constant_time(std::string_view left, std::string_view right) {
    return left.size() == right.size() && sodium_memcmp(left.data(), right.data(), left.size()) == 0;
}

}  // namespace

Site::Site(SiteOptions options)
    : m_options(std::move(options)),
      m_policy(m_options.definitions.policy(m_options.policy_file)),
      m_list_words(read_list_words(m_options.definitions, entries_in_force(m_options))),
      m_measures(measure_definitions(m_options.definitions.text("measures.toml"), "measures.toml")),
      m_stores(m_options.store, StoreAccess::create, 16) {
    const auto lease = m_stores.lease();
    m_csrf_secret = store_secret(lease.database(), "csrf");
    m_reference_key = store_secret(lease.database(), person_reference_secret);
    remove_expired(lease.database(), m_options.clock(), m_options.sessions);
    m_data_work = std::make_unique<DataWork>(*this);
}

Site::~Site() = default;

std::optional<std::string> Site::setup_path() {
    const auto lease = m_stores.lease();
    if (count_users(lease.database()) != 0) return std::nullopt;
    return "/set-up/" + make_setup_secret(lease.database(), m_options.clock());
}

std::shared_ptr<const Figures> Site::remembered(const std::string& id) const {
    const std::scoped_lock lock(m_figures_mutex);
    return id.empty() || (m_figures && m_figures->info().id == id) ? m_figures : nullptr;
}

std::shared_ptr<const Figures> Site::figures(Store& store) {
    Statement newest(store.database(), "SELECT id FROM snapshot ORDER BY number DESC LIMIT 1");
    newest.start();
    if (!newest.next()) return nullptr;
    const std::string id(newest.text(0));
    newest.reset();
    if (auto figures = remembered(id)) return figures;
    // One loads; the others go on with what they had, so that nobody waits in a row. Without anything, they
    // wait.
    std::unique_lock loading(m_loading_mutex, std::try_to_lock);
    if (!loading) {
        if (auto before = remembered("")) return before;
        loading.lock();
    }
    if (auto figures = remembered(id)) return figures;
    auto figures =
        std::make_shared<const Figures>(find_snapshot(store, id), load_snapshot(store, id, m_options.threads),
                                        load_report(store, id), m_policy, m_reference_key, m_options.threads);
    // Asked for by the first page: better made now than while somebody waits for it.
    figures->measures();
    const std::scoped_lock lock(m_figures_mutex);
    m_figures = figures;
    return figures;
}

void Site::find_viewer(Context& context) {
    const Request& request = context.request;
    if (context.route.is_api()) {
        if (const auto given = request.header("authorization"); given && given->starts_with("Bearer ")) {
            if (auto user = find_token_user(*context.database, given->substr(7), context.now))
                context.viewer = Viewer{std::move(*user), ""};
            return;
        }
    }
    const auto secret = request.cookie(session_cookie_name(request));
    if (!secret) return;
    if (auto session = find_session(*context.database, *secret, context.now, m_options.sessions))
        context.viewer = Viewer{std::move(session->user), std::move(session->hash)};
}

/// A response when the request may not be answered; nothing when it may.
std::optional<Response> Site::refuse(Context& context) {
    const Request& request = context.request;
    const Permission permission = context.route.permission;
    if (permission == Permission::this_machine) {
        if (is_this_machine(request)) return std::nullopt;
        return error_response(&context, request, 403, "This is only for programs on the server itself.");
    }
    if (permission != Permission::anyone && !context.viewer) {
        if (context.route.is_api() || request.method == Method::post)
            return error_response(&context, request, 401, "Sign in first: your session may have ended.");
        return see_other("/sign-in?next=" + url_encode(request.path));
    }
    if (context.viewer && !holds(context.viewer->user.role, permission))
        return error_response(
            &context, request, 403,
            fmt::format("The role {} does not have this page. Ask an administrator if you need it.",
                        words_for(context.viewer->user.role)));
    if (request.method == Method::post && !is_same_origin(request))
        return error_response(&context, request, 403, "This form was sent from another site.");
    return std::nullopt;
}

Response Site::answer_checked(Context& context) {
    const Route& route = context.route;
    if (context.request.method == Method::post) {
        context.form = parse_parameters(context.request.body);
        if (!equal_in_constant_time(context.field("csrf_token"), context.csrf_token()))
            throw HttpError(
                403, "This form is too old, or your session has ended. Go back, load the page again and "
                     "repeat what you did.");
    }
    if (route.transactions == Transactions::of_handler) return route.handler(context);
    if (route.action.empty() && context.request.method != Method::post) return route.handler(context);
    // Whatever is slow about a new snapshot is done before others have to wait for the transaction.
    figures(*context.store);
    std::optional<Transaction> transaction;
    const auto begin = [&] { transaction.emplace(*context.database, Transaction::Kind::write); };
    // What changes something is one with its audit entry. What only shows is made first, so that nobody waits
    // for a long list to be able to write, and does not go out before its entry is on disk.
    const bool changes = context.request.method == Method::post;
    if (changes) begin();
    Response response = route.handler(context);
    if (!changes) begin();
    if (response.status >= 400 && context.audit.outcome == AuditOutcome::allowed)
        context.audit.outcome = AuditOutcome::failed;
    if (!route.action.empty()) record_audit(*context.database, context.audit);
    transaction->commit();
    return response;
}

namespace {

/// What the page says. What the store says names its place, and is for those who run the server.
std::string words_of(const Error& error) {
    if (error.http_status() != 503) return error.what();
    return "The store cannot be reached or written just now. Nothing was changed. Try again in a minute; if "
           "it stays, tell the people "
           "who run the server.";
}

void prepare_audit(Context& context) {
    context.audit.at = context.now_text();
    context.audit.action = context.route.action;
    context.audit.peer = context.request.peer;
    if (!context.viewer) return;
    context.audit.sign_in_name = context.viewer->user.sign_in_name;
    context.audit.role = text_of(context.viewer->user.role);
}

void record_alone(Context& context, AuditOutcome outcome) {
    // Of somebody who is not signed in there is nothing to say, and anybody could fill the log.
    if (context.route.action.empty() || !context.viewer) return;
    context.audit.outcome = outcome;
    Transaction transaction(*context.database, Transaction::Kind::write);
    record_audit(*context.database, context.audit);
    transaction.commit();
}

}  // namespace

/// Two at a time may ask for what takes seconds; the others are told at once, so that pages stay quick.
class Site::Turn {
  public:
    explicit Turn(Site& site, const Route& route) : m_site(route.effort == Effort::heavy ? &site : nullptr) {
        if (m_site != nullptr && !m_site->m_heavy.try_acquire()) {
            m_site = nullptr;
            throw HttpError(429, "The server is busy with other big requests. Try again in a few seconds.");
        }
    }
    ~Turn() {
        if (m_site != nullptr) m_site->m_heavy.release();
    }
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;

  private:
    Site* m_site;
};

Response Site::answer_route(const Request& request, const Route& route,
                            std::vector<std::string> path_values) {
    auto lease = m_stores.lease();
    Context context(*this, route, request, std::move(path_values), m_options.clock());
    context.store = &lease.store();
    context.database = &lease.database();
    find_viewer(context);
    prepare_audit(context);
    if (auto refusal = refuse(context)) {
        record_alone(context, AuditOutcome::refused);
        return std::move(*refusal);
    }
    try {
        const Turn turn(*this, route);
        return answer_checked(context);
    } catch (const Error& error) {
        record_alone(context, error.http_status() == 403 ? AuditOutcome::refused : AuditOutcome::failed);
        return error_response(&context, request, error.http_status(), words_of(error));
    }
}

Response Site::answer(const Request& request) {
    const RouteMatch match = find_route(request.method, request.path);
    Response response;
    try {
        if (match.route != nullptr) {
            response = answer_route(request, *match.route, match.path_values);
        } else if (!match.allowed.empty()) {
            response = error_response(nullptr, request, 405, "This address is there, but not for this.");
        } else {
            response =
                error_response(nullptr, request, 404,
                               "There is no such page. Check the address, or start from the home page.");
        }
    } catch (const Error& error) {
        response = error_response(nullptr, request, error.http_status(), words_of(error));
    } catch (const std::exception&) {
        // What an unforeseen exception says may hold a value of a person's row: it goes nowhere.
        response = error_response(nullptr, request, 500,
                                  "Something went wrong in the program. Nothing was changed. Try again; "
                                  "if it stays, tell the people who run the server.");
    }
    add_security_headers(response);
    if (match.route != nullptr) response.route = match.route->name;
    return response;
}

Response Site::error_page(int status, std::string_view message) {
    Response response = error_response(nullptr, Request{}, status, std::string(message));
    add_security_headers(response);
    return response;
}

void Site::served(const Served& served) {
    if (m_options.metrics != nullptr) m_options.metrics->count(served);
    if (m_options.log == nullptr) return;
    LogLine line;
    line.level = served.status >= 500 ? LogLevel::error : LogLevel::info;
    line.route = served.route;
    line.method = served.method;
    line.status = served.status;
    line.took = served.took;
    m_options.log->write(line);
}

Admission Site::admit(const Request& head) {
    const RouteMatch match = find_route(head.method, head.path);
    Admission admission;
    if (match.route == nullptr) return admission;
    admission.body_limit = match.route->body_limit;
    if (match.route->sink == nullptr) return admission;
    try {
        auto lease = m_stores.lease();
        Context context(*this, *match.route, head, match.path_values, m_options.clock());
        context.store = &lease.store();
        context.database = &lease.database();
        find_viewer(context);
        prepare_audit(context);
        if (auto refusal = refuse(context)) {
            record_alone(context, AuditOutcome::refused);
            add_security_headers(*refusal);
            admission.refusal = std::move(refusal);
            return admission;
        }
        admission.sink = std::make_unique<AnsweringSink>(match.route->sink(context), match.route->name);
    } catch (const Error& error) {
        admission.refusal = error_response(nullptr, head, error.http_status(), words_of(error));
        add_security_headers(*admission.refusal);
    }
    return admission;
}

}  // namespace optimat
