#pragma once
// A site in the test's own process, on a store of its own with a small invented organisation and one user a
// role.

#include "base/temporary_folder.hpp"
#include "intake/extract_reader.hpp"
#include "measure/people.hpp"
#include "store/import.hpp"
#include "synth/synth.hpp"
#include "web/context.hpp"
#include "web/demonstration.hpp"
#include "web/site.hpp"

#include <algorithm>
#include <gtest/gtest.h>
#include <map>
#include <memory>
#include <string>

namespace optimat {

/// The moment at which tests ask, unless they move the clock.
inline constexpr std::int64_t test_now = 1'541'410'200;  // 2018-11-05T09:30:00Z

/// Invents an organisation and imports it.
inline void import_synthetic(const SynthOptions& options, const std::string& location) {
    write_synthetic_extract(options);
    const Definitions definitions;
    ReadOptions reading;
    reading.policy = definitions.policy();
    reading.inventory_items = definitions.inventory_items();
    const ReadExtract read = read_usable_extract(options.out, reading);
    Store store(location, StoreAccess::create);
    import_snapshot(store, {read.extract,
                            read.report,
                            reading.policy,
                            options.out,
                            read.files,
                            "0.1.0",
                            "2018-11-02T10:00:00Z",
                            ThreadCount{2},
                            {}});
}

/// A store with an invented organisation of 900 people at 6 services over 14 months, made once a process.
inline const std::filesystem::path& synthetic_store() {
    static const TemporaryFolder folder;
    static const std::filesystem::path store = [] {
        SynthOptions options;
        options.clients = 900;
        options.services = 6;
        options.months = 14;
        options.out = folder.path() / "extract";
        const auto file = folder.path() / "store.sqlite";
        import_synthetic(options, file.string());
        return file;
    }();
    return store;
}

class TestSite {
  public:
    TestSite() : TestSite(synthetic_store()) {}
    /// On a copy of a store; on a new, empty one when the path is empty.
    explicit TestSite(const std::filesystem::path& store) {
        const auto own = m_folder.path() / "store.sqlite";
        if (!store.empty()) std::filesystem::copy_file(store, own);
        open(own.string());
        make_demonstration_accounts(*m_site);
    }

    /// The same with an organisation's own definitions.
    TestSite(const std::filesystem::path& store, Definitions definitions)
        : m_definitions(std::move(definitions)) {
        const auto own = m_folder.path() / "store.sqlite";
        std::filesystem::copy_file(store, own);
        open(own.string());
        make_demonstration_accounts(*m_site);
    }

    /// On a store that is there already, such as one that another site has open.
    struct At {
        std::string location;
    };
    explicit TestSite(const At& at) {
        open(at.location);
        make_demonstration_accounts(*m_site);
    }

    Site& site() { return *m_site; }
    const std::filesystem::path& folder() const { return m_folder.path(); }
    std::int64_t now = test_now;

    std::shared_ptr<const Figures> figures() {
        const auto lease = m_site->stores().lease();
        return m_site->figures(lease.store());
    }
    User user_of(Role role) {
        const auto lease = m_site->stores().lease();
        for (const User& user : list_users(lease.database()))
            if (user.role == role) return user;
        throw std::logic_error("there is no user of the role");
    }
    /// The secret of a session of the role's user; the same while it lasts.
    const std::string& session_of(Role role) {
        auto& secret = m_sessions[role];
        if (secret.empty()) {
            const auto lease = m_site->stores().lease();
            secret = begin_session(lease.database(), user_of(role).number, now);
        }
        return secret;
    }

    /// Takes over the sessions of another site on the same store.
    void share_sessions_of(const TestSite& other) { m_sessions = other.m_sessions; }
    /// So that the next request of each role begins a new session.
    void forget_sessions() { m_sessions.clear(); }

    /// `target` is a path with its query. Nobody is signed in without a role.
    Response get(std::optional<Role> role, const std::string& target) {
        return m_site->answer(request(role, Method::get, target));
    }
    /// With the form's token, unless `token` says otherwise.
    Response post(std::optional<Role> role, const std::string& target, Parameters form,
                  std::optional<std::string> token = {}) {
        Request sent = request(role, Method::post, target);
        form.push_back({"csrf_token", token ? *token : csrf_token_of(role)});
        for (const Parameter& field : form)
            sent.body +=
                (sent.body.empty() ? "" : "&") + url_encode(field.name) + "=" + url_encode(field.value);
        return m_site->answer(sent);
    }
    std::string csrf_token_of(std::optional<Role> role) {
        const Response page = get(role, role ? "/account" : "/sign-in");
        const std::string mark = "name=\"csrf_token\" value=\"";
        const std::size_t at = page.body.find(mark) + mark.size();
        return page.body.substr(at, page.body.find('"', at) - at);
    }

    Request request(std::optional<Role> role, Method method, const std::string& target) {
        Request asked;
        asked.method = method;
        asked.path = target.substr(0, target.find('?'));
        if (asked.path.size() < target.size())
            asked.query = parse_parameters(target.substr(asked.path.size() + 1));
        asked.peer = "127.0.0.1";
        asked.headers = {{"host", "localhost"}, {"cookie", "optimat-visit=test"}};
        if (role) asked.headers.back().value = "optimat=" + session_of(*role);
        return asked;
    }

    std::vector<AuditEntry> audit() {
        const auto lease = m_site->stores().lease();
        return list_audit(lease.database(), {}, 0, 10'000);
    }

  private:
    void open(const std::string& location) {
        SiteOptions options;
        options.store = location;
        options.definitions = m_definitions;
        options.uploads = m_folder.path() / "uploads";
        options.extracts_folder = m_folder.path() / "extracts";
        options.threads = ThreadCount{2};
        options.clock = [this] { return now; };
        m_site = std::make_unique<Site>(std::move(options));
    }

    TemporaryFolder m_folder;
    Definitions m_definitions;
    std::unique_ptr<Site> m_site;
    std::map<Role, std::string> m_sessions;
};

}  // namespace optimat
