#include "web/data_work.hpp"

#include "base/version.hpp"
#include "http/log.hpp"
#include "http/metrics.hpp"
#include "http/zip_reader.hpp"
#include "store/database.hpp"
#include "store/import.hpp"
#include "web/context.hpp"
#include "web/site.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fstream>
#include <sstream>
#include <unistd.h>

namespace optimat {

namespace {

constexpr std::int64_t silent_seconds = 60 * 60;  ///< of another machine's process, until it counts as gone
constexpr std::int64_t unpacked_keep_seconds = 7 * 86'400;  ///< checked, and nobody imports it
constexpr int uploads_looked_at = 200;

/// Thrown out of the work when the server stops.
struct Stopped {};

/// When a process began, in ticks since the machine did; empty when there is none of that number, or only its
/// remains that nobody has taken note of yet.
std::string beginning_of(const std::string& number) {
    std::ifstream in("/proc/" + number + "/stat");
    std::string text;
    std::getline(in, text);
    const std::size_t name_end = text.rfind(')');
    if (name_end == text.npos) return {};
    std::istringstream words(text.substr(name_end + 1));
    std::string word;
    words >> word;
    if (word == "Z" || word == "X") return {};
    for (int field = 4; field <= 22 && words >> word; ++field) {
    }
    return word;
}

std::string machine() {
    char name[256] = {};
    if (::gethostname(name, sizeof name - 1) != 0) return "?";
    return name;
}

bool is_under_way(UploadStage stage) {
    return stage == UploadStage::receiving || stage == UploadStage::checking ||
           stage == UploadStage::importing;
}

/// Messages of intake name the server's folder, which says nothing to the one who sent the files.
std::string without_folder(std::string message, const std::string& folder) {
    for (std::size_t at = message.find(folder); at != message.npos; at = message.find(folder, at)) {
        const std::size_t size =
            folder.size() + (message.substr(at + folder.size()).starts_with("/") ? 1 : 0);
        message.replace(at, size, size > folder.size() ? "" : "the extract");
    }
    return message;
}

}  // namespace

std::string name_of_this_process() {
    const std::string number = std::to_string(::getpid());
    return fmt::format("{}/{}/{}", machine(), number, beginning_of(number));
}

std::optional<bool> is_alive(const std::string& process) {
    const std::size_t second = process.rfind('/');
    if (second == process.npos || second == 0) return std::nullopt;
    const std::size_t first = process.rfind('/', second - 1);
    if (first == process.npos || process.substr(0, first) != machine()) return std::nullopt;
    // Where the system hides other users' processes, it hides the first one too: then nobody's absence says
    // anything.
    if (!std::ifstream("/proc/1/stat")) return std::nullopt;
    return beginning_of(process.substr(first + 1, second - first - 1)) == process.substr(second + 1);
}

std::vector<std::string> folders_with_extracts(const std::filesystem::path& root) {
    constexpr int deepest = 3;
    constexpr std::size_t most = 500;
    std::vector<std::string> found;
    std::error_code error;
    const auto options = std::filesystem::directory_options::skip_permission_denied;
    for (std::filesystem::recursive_directory_iterator entry(root, options, error), end;
         !error && entry != end; entry.increment(error)) {
        if (entry.depth() > deepest) entry.disable_recursion_pending();
        if (entry->path().filename() != "extract.toml" || !entry->is_regular_file(error) ||
            entry->is_symlink(error))
            continue;
        const auto folder = entry->path().parent_path().lexically_relative(root);
        if (folder != ".") found.push_back(folder.string());
        if (found.size() == most) break;
    }
    std::ranges::sort(found);
    return found;
}

DataWork::DataWork(Site& site) : m_site(site), m_process(name_of_this_process()) {
    const auto lease = m_site.stores().lease();
    clear_away(lease.database(), m_site.options().clock());
}

DataWork::~DataWork() {
    {
        const std::scoped_lock lock(m_mutex);
        m_stopping = true;
    }
    m_changed.notify_all();
    if (m_thread.joinable()) m_thread.join();
}

std::filesystem::path DataWork::folder_of(const std::string& reference) const {
    return m_site.options().uploads / reference;
}

void DataWork::begin(const std::string& reference) {
    const std::scoped_lock lock(m_mutex);
    m_waiting.push_back(reference);
    if (!m_thread.joinable()) m_thread = std::thread([this] { run(); });
    m_changed.notify_all();
}

std::optional<WorkProgress> DataWork::progress(const std::string& reference) const {
    const std::scoped_lock lock(m_mutex);
    const auto found = m_progress.find(reference);
    return found == m_progress.end() ? std::nullopt : std::optional(found->second);
}

void DataWork::tell(const std::string& reference, std::uint64_t done, std::uint64_t all) {
    stop_if_asked();
    const std::scoped_lock lock(m_mutex);
    m_progress[reference] = {done, all};
}

void DataWork::wait() {
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [this] { return m_waiting.empty() && m_under_way.empty(); });
}

void DataWork::run() {
    std::unique_lock lock(m_mutex);
    while (true) {
        m_changed.wait(lock, [this] { return m_stopping || !m_waiting.empty(); });
        if (m_waiting.empty()) return;
        m_under_way = m_waiting.front();
        m_waiting.pop_front();
        lock.unlock();
        try {
            work_on(m_under_way);
        } catch (...) {  // the store itself failed: clear_away tells of it when it is back
            if (m_site.options().log != nullptr)
                m_site.options().log->write({.level = LogLevel::error, .event = LogEvent::store_failed});
        }
        lock.lock();
        m_progress.erase(m_under_way);
        m_under_way.clear();
        m_changed.notify_all();
    }
}

void DataWork::stop_if_asked() const {
    if (m_stopping) throw Stopped{};
}

void DataWork::save(const Upload& upload, UploadStage was) {
    const auto lease = m_site.stores().lease();
    Transaction transaction(lease.database(), Transaction::Kind::write);
    if (!change_upload(lease.database(), upload, was)) throw Stopped{};
    transaction.commit();
}

void DataWork::end(Upload& upload, UploadStage was, UploadStage stage, const std::string& message) {
    upload.stage = stage;
    upload.message = message;
    upload.changed_at = m_site.options().clock();
    upload.process.clear();
    if (stage != UploadStage::checked) remove_files(upload);
    save(upload, was);
    if (Metrics* metrics = m_site.options().metrics; metrics != nullptr && stage != UploadStage::checked)
        metrics->import_ended(stage == UploadStage::imported  ? ImportOutcome::done
                              : stage == UploadStage::refused ? ImportOutcome::refused
                                                              : ImportOutcome::failed);
    if (m_site.options().log == nullptr || stage == UploadStage::checked) return;
    const bool done = stage == UploadStage::imported;
    m_site.options().log->write({.level = done ? LogLevel::info : LogLevel::warning,
                                 .event = done ? LogEvent::import_done : LogEvent::import_refused});
}

void DataWork::work_on(const std::string& reference) {
    std::optional<Upload> upload;
    {
        const auto lease = m_site.stores().lease();
        upload = find_upload(lease.database(), reference);
    }
    if (!upload || (upload->stage != UploadStage::checking && upload->stage != UploadStage::importing))
        return;
    const UploadStage was = upload->stage;
    try {
        stop_if_asked();
        was == UploadStage::checking ? check(*upload) : import(*upload);
    } catch (const Stopped&) {
        if (was == UploadStage::importing)
            end(*upload, was, UploadStage::checked, "");
        else
            end(*upload, was, UploadStage::failed,
                "The server was stopped while it checked the extract. Send it again.");
    } catch (const Error& error) {
        const bool refused = error.exit_code() == ExitCode::input_refused ||
                             error.exit_code() == ExitCode::definition ||
                             error.exit_code() == ExitCode::usage;
        end(*upload, was, refused ? UploadStage::refused : UploadStage::failed,
            without_folder(error.what(), upload->folder));
    } catch (const std::exception&) {
        // What an unforeseen exception says may hold a value of a row.
        end(*upload, was, UploadStage::failed,
            "Something went wrong in the program, or the server has too little memory. Nothing was "
            "changed. Try again; if it stays, tell the people who run the server.");
    }
}

ReadOptions DataWork::reading(std::function<void(std::uint64_t, std::uint64_t)> progress) const {
    const Definitions& definitions = m_site.options().definitions;
    ReadOptions options;
    options.policy = m_site.policy();
    options.inventory_items = definitions.inventory_items();
    options.threads = m_site.options().threads;
    options.built_in_mapping = [&definitions](const std::string& name) { return definitions.mapping(name); };
    options.progress = std::move(progress);
    return options;
}

void DataWork::unpack(Upload& upload) {
    const auto zip = folder_of(upload.reference) / "sent.zip";
    if (upload.source != "sent" || !std::filesystem::exists(zip)) return;
    ZipReader reader(zip);
    std::optional<std::filesystem::path>
        top;  // where the extract.toml lies, at the top of the zip or in a folder of it
    for (const ZipEntry& entry : reader.entries()) {
        const std::filesystem::path path(entry.name);
        if (path.filename() != "extract.toml") continue;
        if (top) throw InputError("The zip holds more than one extract.toml. Send one extract at a time.");
        top = path.parent_path();
    }
    if (!top)
        throw InputError("The zip holds no extract.toml, so it is no extract. Put extract.toml beside the "
                         "CSV files; the handbook says what stands in it.");
    for (const ZipEntry& entry : reader.entries()) {
        const std::filesystem::path path(entry.name);
        if (path.parent_path() != *top || (path.extension() != ".csv" && path.extension() != ".toml"))
            continue;
        stop_if_asked();
        reader.extract(entry.name, upload.folder);
    }
    std::filesystem::remove(zip);
}

void DataWork::check(Upload& upload) {
    unpack(upload);
    if (!std::filesystem::exists(std::filesystem::path(upload.folder) / "extract.toml"))
        throw InputError("There is no extract.toml among the files, so they are no extract. Send it together "
                         "with the CSV files; the "
                         "handbook says what stands in it.");
    std::int64_t told = 0;
    const ReadOptions options = reading([&](std::uint64_t done, std::uint64_t all) {
        stop_if_asked();
        const std::int64_t now = m_site.options().clock();
        if (now == told) return;
        upload.changed_at = told = now;
        upload.done = static_cast<std::int64_t>(done);
        upload.all = static_cast<std::int64_t>(all);
        save(upload, UploadStage::checking);
    });
    const ExtractRows rows(upload.folder, m_site.options().definitions);
    const ReadExtract read = read_extract(upload.folder, options);
    stop_if_asked();
    upload.done = upload.all = 0;
    if (read.report.refused()) {
        CheckSummary summary = summary_of(read.report);
        for (FileSummary& file : summary.files)
            file.refusal = without_folder(file.refusal, upload.folder);
        upload.report = to_json(summary);
        throw InputError(
            "A file of the extract cannot be used. See below why, put it right and send the extract again.");
    }
    upload.changed_at = m_site.options().clock();
    save(upload, UploadStage::checking);
    upload.report = to_json(summary_of(read.report, read.extract, m_site.policy(), rows, options.threads));
    std::filesystem::create_directories(folder_of(upload.reference));
    write_issue_places(read.report, issue_places_of(upload.reference));
    end(upload, UploadStage::checking, UploadStage::checked, "");
}

void DataWork::import(Upload& upload) {
    if (m_site.options().log != nullptr) m_site.options().log->write({.event = LogEvent::import_started});
    const ReadOptions options =
        reading([&](std::uint64_t done, std::uint64_t all) { tell(upload.reference, done, 2 * all); });
    const ReadExtract read = read_usable_extract(upload.folder, options);
    const auto lease = m_site.stores().lease();
    const ImportResult result = import_snapshot(
        lease.store(),
        {read.extract, read.report, options.policy, upload.folder, read.files, std::string(program_version()),
         utc_text(m_site.options().clock()), options.threads,
         [&](std::uint64_t done, std::uint64_t all) { tell(upload.reference, all + done, 2 * all); }});
    upload.snapshot_id = result.snapshot_id;
    end(upload, UploadStage::importing, UploadStage::imported,
        result.already_there ? "The store had this very extract already; nothing was changed." : "");
    m_site.figures(lease.store());  // so that the next page does not wait for it
}

void DataWork::remove_files(const Upload& upload) const {
    std::error_code ignored;  // what cannot be removed now is at the next start
    if (!upload.reference.empty()) std::filesystem::remove_all(folder_of(upload.reference), ignored);
}

void DataWork::clear_away(Database& database, std::int64_t now) {
    for (Upload& upload : list_uploads(database, uploads_looked_at)) {
        const UploadStage was = upload.stage;
        if (was == UploadStage::checked && now - upload.changed_at > unpacked_keep_seconds) {
            upload.stage = UploadStage::given_up;
            upload.message = "Nobody imported it within a week, so its files were removed.";
        } else if (is_under_way(was) &&
                   !is_alive(upload.process).value_or(now - upload.changed_at <= silent_seconds)) {
            upload.stage = UploadStage::failed;
            upload.message = was == UploadStage::importing
                                 ? "The server stopped while it imported the extract. The store holds it "
                                   "whole or not at all: look "
                                   "at the list of snapshots, and if it is not there, send it again."
                                 : "The server stopped before it was done with the extract. Nothing was "
                                   "changed: send it again.";
        } else {
            if (!is_under_way(was) && was != UploadStage::checked) remove_files(upload);
            continue;
        }
        upload.changed_at = now;
        upload.process.clear();
        WriteScope scope(database);
        const bool changed = change_upload(database, upload, was);
        scope.commit();
        if (changed) remove_files(upload);
    }
}

std::shared_ptr<const CheckSummary> DataWork::quality_of(Store& store, const std::string& snapshot) {
    {
        const std::scoped_lock lock(m_mutex);
        if (const auto found = m_qualities.find(snapshot); found != m_qualities.end()) return found->second;
    }
    auto summary = std::make_shared<const CheckSummary>(summary_of(load_report(store, snapshot)));
    const std::scoped_lock lock(m_mutex);
    return m_qualities.emplace(snapshot, std::move(summary)).first->second;
}

}  // namespace optimat
