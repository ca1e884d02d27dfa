#pragma once
// The web application: finds the route of a request, who asks and whether they may, answers within one
// transaction with its audit entry, and puts the security headers on everything.

#include "http/message.hpp"
#include "intake/definitions.hpp"
#include "outcome/measure_definition.hpp"
#include "store/pool.hpp"
#include "store/sessions.hpp"
#include "web/figures.hpp"
#include "web/list_words.hpp"
#include "web/published_book.hpp"
#include "web/release_work.hpp"
#include "web/rendered_parts.hpp"
#include "web/team_book.hpp"

#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <semaphore>
#include <string>

namespace optimat {

class Context;
class DataWork;
struct Route;
class Log;
class Metrics;

/// A demonstration account, shown with its password on the sign-in page.
struct DemonstrationAccount {
    std::string sign_in_name, password, words;
};

struct SiteOptions {
    std::string store;  ///< location: a file or postgresql://…
    Definitions definitions;
    std::optional<std::filesystem::path> policy_file;
    std::filesystem::path uploads = "uploads";             ///< where extracts on their way in lie
    std::optional<std::filesystem::path> extracts_folder;  ///< below it, folders may be imported by name
    SessionLimits sessions;
    ThreadCount threads = ThreadCount::of_machine();
    std::vector<DemonstrationAccount> demonstration;  ///< empty: none
    /// Seconds since 1970, UTC.
    std::function<std::int64_t()> clock;
    Log* log = nullptr;                        ///< outlives the site; none: nothing is logged
    Metrics* metrics = nullptr;                ///< likewise
    std::function<std::size_t()> connections;  ///< for the metrics
};

class Site : public Application {
  public:
    /// Opens or makes the store. Throws StoreError, DefinitionError.
    explicit Site(SiteOptions options);
    ~Site() override;

    Admission admit(const Request& head) override;
    Response answer(const Request& request) override;
    Response error_page(int status, std::string_view message) override;
    void served(const Served& served) override;

    const SiteOptions& options() const { return m_options; }
    /// Before the site is served.
    void show_demonstration(std::vector<DemonstrationAccount> accounts) {
        m_options.demonstration = std::move(accounts);
    }
    void count_connections(std::function<std::size_t()> connections) {
        m_options.connections = std::move(connections);
    }
    StorePool& stores() { return m_stores; }
    /// Checks and imports extracts in the background.
    DataWork& data_work() { return *m_data_work; }
    const Policy& policy() const { return m_policy; }
    const ListWords& list_words() const { return m_list_words; }
    const MeasureDefinitions& measures() const { return m_measures; }
    /// Of the newest snapshot of the store as the connection sees it; calculated when it is new, while others
    /// still get those before. Nothing: no snapshot.
    std::shared_ptr<const Figures> figures(Store& store);
    RenderedParts& rendered_parts() { return m_rendered; }
    /// What the team has recorded, as the lists take it.
    TeamBook& team_book() { return m_team_book; }
    /// Releases beside the newest data.
    ReleaseBook& release_book() { return m_release_book; }
    /// What may leave of all releases.
    PublishedBook& published_book() { return m_published_book; }
    /// The secret of CSRF tokens, that all processes on the store share.
    const std::string& csrf_secret() const { return m_csrf_secret; }
    /// The secret of the first start, when there is no user yet: the path of the link; nothing otherwise.
    std::optional<std::string> setup_path();

  private:
    class Turn;
    /// The figures that were calculated last, when they are of that snapshot; whichever they are when the id
    /// is empty.
    std::shared_ptr<const Figures> remembered(const std::string& id) const;
    Response answer_route(const Request& request, const Route& route, std::vector<std::string> path_values);
    Response answer_checked(Context& context);
    std::optional<Response> refuse(Context& context);
    void find_viewer(Context& context);

    SiteOptions m_options;
    Policy m_policy;
    ListWords m_list_words;
    MeasureDefinitions m_measures;
    StorePool m_stores;
    std::string m_csrf_secret, m_reference_key;
    RenderedParts m_rendered{std::size_t{64} << 20};
    TeamBook m_team_book;
    ReleaseBook m_release_book;
    PublishedBook m_published_book;
    mutable std::mutex m_figures_mutex;  ///< of m_figures
    std::mutex m_loading_mutex;          ///< held while figures are calculated
    std::counting_semaphore<2> m_heavy{2};
    std::shared_ptr<const Figures> m_figures;
    std::unique_ptr<DataWork> m_data_work;  ///< last, for it ends before what it works with
};

}  // namespace optimat
