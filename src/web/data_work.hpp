#pragma once
// The work on extracts that nobody waits for with an open page: checking and importing, one after the other
// on one thread of the process that took them. The store knows the stage of each upload (store/uploads.hpp),
// so that every process shows the same; what a process left behind when it was killed is told and cleared
// away.

#include "store/snapshots.hpp"
#include "store/uploads.hpp"
#include "web/check_summary.hpp"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

namespace optimat {

class Database;
class Site;

/// How far work is, in its own units.
struct WorkProgress {
    std::uint64_t done = 0, all = 0;  ///< all 0: nobody can say
};

class DataWork {
  public:
    explicit DataWork(Site& site);
    /// Abandons what is under way: a check is then failed, an import not begun.
    ~DataWork();
    DataWork(const DataWork&) = delete;
    DataWork& operator=(const DataWork&) = delete;

    /// Begins to work on an upload whose stage `checking` or `importing` is committed.
    void begin(const std::string& reference);
    /// Of an import in this process; the store cannot tell while a transaction is open. Nothing: not here.
    std::optional<WorkProgress> progress(const std::string& reference) const;
    /// Waits until nothing is left to do.
    void wait();

    /// Marks as failed what no living process works on, and gives up what was checked and not imported for a
    /// week; their files are removed.
    void clear_away(Database& database, std::int64_t now);
    /// Removes the files of an upload that a browser sent; a folder of the server stays as it is.
    void remove_files(const Upload& upload) const;
    /// The folder of an upload on this server: its files, and beside them the places of its issues.
    std::filesystem::path folder_of(const std::string& reference) const;
    std::filesystem::path issue_places_of(const std::string& reference) const {
        return folder_of(reference) / "issues";
    }

    /// Names this process among all that ever use the store.
    const std::string& process() const { return m_process; }

    /// The summary of a snapshot's own report: counts only. Kept, for a snapshot never changes.
    std::shared_ptr<const CheckSummary> quality_of(Store& store, const std::string& snapshot);

  private:
    void run();
    void work_on(const std::string& reference);
    void check(Upload& upload);
    void import(Upload& upload);
    void unpack(Upload& upload);
    ReadOptions reading(std::function<void(std::uint64_t, std::uint64_t)> progress) const;
    void end(Upload& upload, UploadStage was, UploadStage stage, const std::string& message);
    void save(const Upload& upload, UploadStage was);
    void stop_if_asked() const;
    void tell(const std::string& reference, std::uint64_t done, std::uint64_t all);

    Site& m_site;
    std::string m_process;
    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    std::deque<std::string> m_waiting;
    std::string m_under_way;  ///< empty: nothing
    std::map<std::string, WorkProgress> m_progress;
    std::map<std::string, std::shared_ptr<const CheckSummary>> m_qualities;
    std::atomic<bool> m_stopping = false;
    std::thread m_thread;
};

/// Names this process: its machine, number and beginning.
std::string name_of_this_process();
/// Whether a process of that name lives on this machine; nothing when it is of another machine.
std::optional<bool> is_alive(const std::string& process);

/// Folders below `root` that hold an extract.toml, as paths relative to it, in byte order; links are not
/// followed.
std::vector<std::string> folders_with_extracts(const std::filesystem::path& root);

}  // namespace optimat
