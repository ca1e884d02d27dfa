#include "web/team_book.hpp"

#include "web/asci_record.hpp"
#include "web/figures.hpp"

#include <algorithm>
#include <tuple>
#include <unordered_map>

namespace optimat {

namespace {

void set_first(std::int64_t& number, std::int64_t value) {
    if (number == 0) number = value;
}

/// Follows entries in their order.
class FateReader {
  public:
    explicit FateReader(std::size_t entries) { m_fates.reserve(entries); }

    void read(const ReviewEntry& entry) {
        EntryFate fate;
        fate.entry = &entry;
        fate.first = entry.number;
        if (EntryFate* const about = entry.about == 0 ? nullptr : find(entry.about)) {
            if (entry.kind == EntryKind::review) fate.first = about->first;
            follow(*about, entry);
        }
        if (entry.kind == EntryKind::review) m_corrections[fate.first].push_back(m_fates.size());
        m_fates.push_back(fate);
    }
    std::vector<EntryFate> take() { return std::move(m_fates); }

  private:
    EntryFate* find(std::int64_t number) {
        const auto found = std::ranges::lower_bound(m_fates, number, {},
                                                    [](const EntryFate& fate) { return fate.entry->number; });
        return found != m_fates.end() && found->entry->number == number ? &*found : nullptr;
    }
    /// What an entry does to the review that it is about, and to the others of its corrections.
    void follow(EntryFate& about, const ReviewEntry& entry) {
        if (entry.kind == EntryKind::review) set_first(about.corrected_by, entry.number);
        if (entry.kind == EntryKind::withdrawal) set_first(about.withdrawn_by, entry.number);
        if (entry.kind == EntryKind::co_signature) set_first(about.co_signed_by, entry.number);
        const bool seen = entry.kind == EntryKind::acknowledgement;
        for (const std::size_t place : m_corrections[about.first]) {
            if (seen) set_first(m_fates[place].acknowledged_by, entry.number);
            if (entry.escalated) set_first(m_fates[place].escalated_again_by, entry.number);
        }
    }

    std::vector<EntryFate> m_fates;
    std::unordered_map<std::int64_t, std::vector<std::size_t>> m_corrections;  ///< by the first
};

/// A day of the store; an entry whose day cannot be read stands on the day on which it was written.
OptionalDay day_of(const ReviewEntry& entry) {
    if (const auto day = parse_iso_day(entry.day)) return *day;
    const auto written = parse_iso_day(std::string_view(entry.at).substr(0, 10));
    return written ? OptionalDay(*written) : OptionalDay();
}

TeamReview review_of(const EntryFate& fate, Day day) {
    const ReviewEntry& entry = *fate.entry;
    TeamReview review;
    review.number = entry.number;
    review.day = day;
    for (const std::string& text : entry.lists)
        if (const auto list = work_list_of(text)) review.lists.push_back(*list);
    review.outcomes = entry.outcomes;
    if (const auto deferred = parse_iso_day(entry.deferred_to)) review.deferred_to = *deferred;
    review.awaits_co_signature = fate.awaits_co_signature();
    return review;
}

/// Everything that is written about one person.
struct OfPerson {
    std::vector<EntryFate> fates;
    std::vector<AsciAnswer> answers;
};

PersonRecords records_from(const OfPerson& person, const std::vector<std::string>& items) {
    PersonRecords records;
    for (const EntryFate& fate : person.fates) {
        if (fate.entry->kind != EntryKind::review || !fate.stands()) continue;
        if (const OptionalDay day = day_of(*fate.entry); day.has_value())
            records.reviews.push_back(review_of(fate, *day));
    }
    std::ranges::sort(records.reviews, {},
                      [](const TeamReview& review) { return std::tuple(review.day, review.number); });
    if (const ReviewEntry* claim = standing_claim(person.fates))
        if (const OptionalDay due = day_of(*claim); due.has_value())
            records.claim = TeamClaim{claim->assigned_to, *due};
    records.ascis = team_ascis(person.answers, items);
    return records;
}

TeamTask task_of(const ReviewEntry& entry) {
    return {entry.number, entry.person, entry.service, entry.day, entry.author};
}

void add_tasks(TeamFold& fold, const EntryFate& fate) {
    if (fate.awaits_co_signature()) fold.awaiting_co_signature.push_back(task_of(*fate.entry));
    if (fate.awaits_acknowledgement()) fold.escalations.push_back(task_of(*fate.entry));
}

template <class Entry> void append(std::vector<Entry>& all, std::vector<Entry> more) {
    std::ranges::move(more, std::back_inserter(all));
}

template <class Entry> std::int64_t newest_of(const std::vector<Entry>& entries) {
    return entries.empty() ? 0 : entries.back().number;
}

}  // namespace

bool EntryFate::awaits_co_signature() const {
    return entry->kind == EntryKind::review && entry->needs_co_signature && co_signed_by == 0 && stands();
}

bool EntryFate::awaits_acknowledgement() const {
    return entry->kind == EntryKind::review && entry->escalated && acknowledged_by == 0 &&
           escalated_again_by == 0 && withdrawn_by == 0;
}

std::vector<EntryFate> fates_of(std::span<const ReviewEntry> entries) {
    FateReader reader(entries.size());
    for (const ReviewEntry& entry : entries)
        reader.read(entry);
    return reader.take();
}

const ReviewEntry* standing_claim(std::span<const EntryFate> fates) {
    std::int64_t ended = 0;
    const ReviewEntry* claim = nullptr;
    for (const EntryFate& fate : fates) {
        if (fate.entry->kind == EntryKind::claim) claim = fate.entry;
        if (fate.entry->kind == EntryKind::release) claim = nullptr;
        if (fate.entry->kind == EntryKind::review && fate.stands()) ended = std::max(ended, fate.first);
    }
    return claim != nullptr && claim->number > ended ? claim : nullptr;
}

TeamFold fold_team(std::span<const ReviewEntry> reviews, std::span<const AsciAnswer> answers,
                   const std::vector<std::string>& inventory_items, const FindPerson& find_person) {
    std::unordered_map<std::string_view, OfPerson> persons;
    const std::vector<EntryFate> fates = fates_of(reviews);
    for (const EntryFate& fate : fates)
        persons[fate.entry->person].fates.push_back(fate);
    for (const AsciAnswer& answer : answers)
        persons[answer.person].answers.push_back(answer);

    TeamFold fold;
    fold.newest_review = reviews.empty() ? 0 : reviews.back().number;
    for (const auto& [reference, person] : persons)
        if (const auto place = find_person(reference))
            fold.records.emplace(*place, records_from(person, inventory_items));
    for (const EntryFate& fate : fates)
        if ((fate.awaits_co_signature() || fate.awaits_acknowledgement()) && find_person(fate.entry->person))
            add_tasks(fold, fate);
    return fold;
}

std::shared_ptr<const TeamFold> TeamBook::read(Database& database, const Figures& figures) {
    // Read before the lock is taken, so that nobody waits for the database while holding it for long.
    const std::int64_t review = newest_review_entry(database), answer = newest_asci_answer(database);
    const std::scoped_lock lock(m_mutex);
    const bool news = review > newest_of(m_reviews) || answer > newest_of(m_answers);
    if (!news && m_fold && m_snapshot == figures.info().id) return m_fold;
    // An error below leaves entries that no fold has: the next read folds them.
    m_fold.reset();
    append(m_reviews, review_entries_after(database, newest_of(m_reviews)));
    append(m_answers, asci_answers_after(database, newest_of(m_answers)));
    m_fold = std::make_shared<const TeamFold>(
        fold_team(m_reviews, m_answers, figures.extract().inventory_items,
                  [&](std::string_view reference) { return figures.find_reference(reference); }));
    m_snapshot = figures.info().id;
    return m_fold;
}

std::shared_ptr<const TeamRecords> records_in(const std::shared_ptr<const TeamFold>& fold) {
    return {fold, &fold->records};
}

}  // namespace optimat
