#include "cli/commands.hpp"
#include "cli/output.hpp"
#include "http/log.hpp"
#include "http/metrics.hpp"
#include "http/server.hpp"
#include "store/location.hpp"
#include "web/demonstration.hpp"
#include "web/site.hpp"

#include <chrono>
#include <csignal>
#include <fmt/format.h>
#include <malloc.h>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>

namespace optimat {

namespace {

struct ServeChoices {
    std::optional<std::string> address;
    std::int64_t port = 8080, workers = 8, idle_minutes = 30, session_hours = 12;
    std::optional<std::filesystem::path> log, uploads, extracts;
    bool behind_proxy = false, demonstration = false;
};

std::int64_t now_seconds() {
    return std::chrono::duration_cast<std::chrono::seconds>(
               std::chrono::system_clock::now().time_since_epoch())
        .count();
}

/// Beside a store in a file, on the disk that was chosen for it.
std::filesystem::path default_uploads(const std::string& store) {
    const StoreLocation location = StoreLocation::parse(store);
    return location.kind == StoreKind::postgresql ? "optimat-uploads" : location.target + "-uploads";
}

/// Extracts lie there: the folder is ours, and nobody else may look into it or change it.
void make_private_folder(const std::filesystem::path& folder) {
    std::error_code error;
    if (std::filesystem::create_directories(folder, error))
        std::filesystem::permissions(folder, std::filesystem::perms::owner_all, error);
    struct stat about {};
    const bool there = ::lstat(folder.c_str(), &about) == 0 && S_ISDIR(about.st_mode);
    if (!there)
        throw OutputError(
            fmt::format("--uploads: {} cannot be made; name a folder that can", folder.string()));
    if (about.st_uid != ::geteuid() || (about.st_mode & 077) != 0)
        throw OutputError(fmt::format(
            "--uploads: others may use {}; extracts of people need a folder of their own: chown it to the "
            "user of this program and chmod it to 700",
            folder.string()));
}

SiteOptions site_options(const Settings& settings, const ServeChoices& choices) {
    SiteOptions options;
    options.store = settings.store;
    options.definitions = settings.definitions();
    options.policy_file = settings.policy_file;
    options.uploads = choices.uploads.value_or(default_uploads(settings.store));
    make_private_folder(options.uploads);
    options.extracts_folder = choices.extracts;
    options.sessions = {choices.idle_minutes * 60, choices.session_hours * 60 * 60};
    options.threads = settings.threads;
    options.clock = now_seconds;
    return options;
}

ServerOptions server_options(const ServeChoices& choices) {
    ServerOptions options;
    options.address = choices.address.value_or("127.0.0.1");
    options.port = static_cast<std::uint16_t>(choices.port);
    options.workers = static_cast<unsigned>(choices.workers);
    options.behind_proxy = choices.behind_proxy;
    return options;
}

void say(const std::string& line) {
    Output output(std::nullopt);
    output.write(line + "\n");
    output.commit();
}

/// Waits for SIGTERM or SIGINT on a thread of its own and stops the server then.
class StopOnSignal {
  public:
    StopOnSignal() {
        sigemptyset(&m_signals);
        sigaddset(&m_signals, SIGTERM);
        sigaddset(&m_signals, SIGINT);
        sigaddset(&m_signals, SIGUSR2);
        // Before any thread begins, so that none of them takes the signal.
        pthread_sigmask(SIG_BLOCK, &m_signals, nullptr);
    }
    void watch(Server& server) {
        m_thread = std::jthread([this, &server] {
            int signal = 0;
            sigwait(&m_signals, &signal);
            server.stop();
        });
    }
    /// Ends the watch when the server has stopped by itself.
    ~StopOnSignal() {
        if (m_thread.joinable()) pthread_kill(m_thread.native_handle(), SIGUSR2);
    }

  private:
    sigset_t m_signals;
    std::jthread m_thread;
};

/// Pages are texts of 100 kB that come and go thousands of times a second: their memory is kept, not given
/// back to the system and asked for again page by page (measured: half of a request's time).
void keep_memory_of_pages() {
    mallopt(M_MMAP_THRESHOLD, 32 << 20);
    mallopt(M_TRIM_THRESHOLD, 256 << 20);
}

ExitCode serve(const Settings& settings, const ServeChoices& choices) {
    keep_memory_of_pages();
    StopOnSignal stop;
    Log log = choices.log ? Log(*choices.log) : Log();
    Metrics metrics;
    SiteOptions options = site_options(settings, choices);
    options.log = &log;
    options.metrics = &metrics;
    Site site(std::move(options));
    {
        const auto lease = site.stores().lease();
        site.figures(lease.store());  // so that the first page does not wait for it
    }
    if (choices.demonstration) {
        site.show_demonstration(make_demonstration_accounts(site));
        make_demonstration_reviews(site);
        make_demonstration_releases(site);
    }
    Server server(server_options(choices), site);
    site.count_connections([&server] { return server.connections(); });
    const std::string home =
        fmt::format("http://{}:{}", choices.address.value_or("127.0.0.1"), server.port());
    say(fmt::format("Optimat is at {}", home));
    if (const auto path = site.setup_path())
        say(fmt::format("There is no user yet. Make the first one at {}{}\nThe link works once, for a day.",
                        home, *path));
    log.write({.event = LogEvent::started});
    stop.watch(server);
    server.run();
    log.write({.event = LogEvent::stopped});
    return ExitCode::done;
}

}  // namespace

void add_serve(CommandLine& line) {
    const auto choices = std::make_shared<ServeChoices>();
    Command& command = line.command("serve", WorkStep::month, "The dashboard: a web server on the store");
    command.option("--address", choices->address, "ADDRESS",
                   "Address to listen on; 127.0.0.1, this machine only, when not given");
    command.whole_number("--port", choices->port, 0, 65'535,
                         "Port to listen on; 8080 when not given, 0 for any free one");
    command.whole_number("--workers", choices->workers, 1, 64,
                         "Requests answered at the same time; 8 when not given");
    command.flag(
        "--behind-proxy", choices->behind_proxy,
        "A proxy in front speaks TLS and says who asks (X-Forwarded-For, X-Forwarded-Proto); see deploy/");
    command.whole_number("--idle-minutes", choices->idle_minutes, 1, 24 * 60,
                         "Sessions end after so long without use; 30");
    command.whole_number("--session-hours", choices->session_hours, 1, 24 * 7,
                         "Sessions end after so long at most; 12");
    command.option(
        "--uploads", choices->uploads, "DIR",
        "Folder for extracts on their way in; STORE-uploads beside a store in a file when not given");
    command.option("--extracts", choices->extracts, "DIR",
                   "Folder on the server whose extracts may be imported from the Data page");
    command.option("--log", choices->log, "FILE", "Log, JSON lines; standard error when not given");
    command.flag("--demonstration", choices->demonstration,
                 "One account a role, shown on the sign-in page: for invented data only");
    command.example("optimat serve", "The dashboard on optimat.sqlite, for a browser on this machine");
    command.example("optimat serve --store postgresql:///optimat --behind-proxy",
                    "For an organisation, behind haproxy");
    command.runs([choices](const Settings& settings) { return serve(settings, *choices); });
}

}  // namespace optimat
