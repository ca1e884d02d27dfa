#pragma once
// What the team has written down, as the work lists take it: the store's entries folded into TeamRecords. The
// fold is pure; TeamBook keeps the last one for the pages.

#include "priority/standing.hpp"
#include "store/asci_answers.hpp"
#include "store/reviews.hpp"

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace optimat {

class Figures;

/// What later entries have made of an entry. Numbers of entries; 0: none has.
struct EntryFate {
    const ReviewEntry* entry = nullptr;  ///< lives as long as the entries that were read
    std::int64_t corrected_by = 0, withdrawn_by = 0, co_signed_by = 0;  ///< the first of each
    /// The first acknowledgement of this review or of another one of its corrections, written after it.
    std::int64_t acknowledged_by = 0;
    std::int64_t escalated_again_by = 0;  ///< a correction that is escalated too, and stands for it
    std::int64_t first =
        0;  ///< of a correction: the review that the first of its corrections was about; else itself
    /// Neither corrected nor withdrawn. What was corrected stays so when the correction is withdrawn: the
    /// person is to be reviewed again.
    bool stands() const { return corrected_by == 0 && withdrawn_by == 0; }
    bool awaits_co_signature() const;
    /// What was escalated has to be seen even if it was corrected; not if it was withdrawn.
    bool awaits_acknowledgement() const;
};
/// Of any persons' entries, oldest first, in the same order.
std::vector<EntryFate> fates_of(std::span<const ReviewEntry> entries);

/// The claim that stands: the latest, unless it was given back or a review was recorded after it by anyone (a
/// correction of an earlier review is none; a review that was withdrawn neither). `fates` are of one person's
/// entries.
const ReviewEntry* standing_claim(std::span<const EntryFate> fates);

/// A review that waits for somebody.
struct TeamTask {
    std::int64_t number = 0;  ///< of the review
    std::string person;       ///< opaque reference
    std::string service;      ///< service_id, as recorded
    std::string day;          ///< of the review
    std::string author;       ///< who cannot co-sign
    friend bool operator==(const TeamTask&, const TeamTask&) = default;
};

struct TeamFold {
    TeamRecords records;
    std::int64_t newest_review = 0;  ///< number of the newest review entry that is folded in; 0: none
    std::vector<TeamTask> awaiting_co_signature,
        escalations;  ///< by number; escalations not yet acknowledged
};

/// Where a person of an opaque reference is in the extract; nothing: not in it, and then what was written
/// about them is left out.
using FindPerson = std::function<std::optional<ClientPlace>(std::string_view reference)>;

/// `reviews` and `answers` are everybody's, oldest first; `inventory_items` those of the extract.
TeamFold fold_team(std::span<const ReviewEntry> reviews, std::span<const AsciAnswer> answers,
                   const std::vector<std::string>& inventory_items, const FindPerson& find_person);

/// The fold of a store's entries over a snapshot. Reads only what came since; folds again only when something
/// did, or when a read ended in an error.
class TeamBook {
  public:
    /// As the database shows them, or newer. Do not call in a transaction that has added an entry: it may yet
    /// be undone.
    std::shared_ptr<const TeamFold> read(Database& database, const Figures& figures);

  private:
    std::mutex m_mutex;  ///< held while entries are read and folded
    std::vector<ReviewEntry> m_reviews;
    std::vector<AsciAnswer> m_answers;
    std::string m_snapshot;  ///< that m_fold is of
    std::shared_ptr<const TeamFold> m_fold;
};

/// The records alone, held together with the fold.
std::shared_ptr<const TeamRecords> records_in(const std::shared_ptr<const TeamFold>& fold);

}  // namespace optimat
