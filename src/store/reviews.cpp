#include "store/reviews.hpp"

#include "store/database.hpp"
#include "store/stored_texts.hpp"

#include <array>
#include <fmt/format.h>
#include <tuple>

namespace optimat {

namespace {

constexpr std::array<std::string_view, 6> kind_texts = {"claim",      "release",      "review",
                                                        "withdrawal", "co_signature", "acknowledgement"};

constexpr std::string_view columns =
    "number, person, kind, at, author, author_role, service, as_at, day, reason, advice, deferred_to, "
    "assigned_to, note, coalesce(about, 0), needs_co_signature, escalated, request, not_indicated_reason";

/// All of the row but lists and outcomes.
ReviewEntry entry_of(const Statement& row) {
    const auto text = [&](int column) { return std::string(row.text(column)); };
    const auto kind = value_of<EntryKind>(kind_texts, row.text(2));
    if (!kind)
        throw StoreError("the store is damaged: a review's entry is of no kind of this program's; restore a "
                         "backup");
    ReviewEntry entry;
    entry.number = row.integer(0);
    entry.person = text(1);
    entry.kind = *kind;
    entry.at = text(3);
    entry.author = text(4);
    entry.author_role = text(5);
    entry.service = text(6);
    entry.as_at = text(7);
    entry.day = text(8);
    entry.reason = text(9);
    entry.advice = text(10);
    entry.deferred_to = text(11);
    entry.assigned_to = text(12);
    entry.note = text(13);
    entry.about = row.integer(14);
    entry.needs_co_signature = row.integer(15) != 0;
    entry.escalated = row.integer(16) != 0;
    entry.request = text(17);
    entry.not_indicated_reason = text(18);
    return entry;
}

/// Gives the entries, oldest first, their part of a table of theirs. On PostgreSQL it may hold rows of
/// entries that came after these were read.
void read_parts(Statement& row, std::vector<ReviewEntry>& entries,
                std::vector<std::string> ReviewEntry::*part) {
    auto entry = entries.begin();
    while (row.next()) {
        const std::int64_t number = row.integer(0);
        while (entry != entries.end() && entry->number < number)
            ++entry;
        if (entry == entries.end()) break;
        if (entry->number == number) ((*entry).*part).emplace_back(row.text(1));
    }
    row.reset();
}

/// The entries for which `condition`, a text on `entry.…`, holds; oldest first.
template <class Value>
std::vector<ReviewEntry> entries_where(Database& database, std::string_view condition, const Value& value) {
    std::vector<ReviewEntry> entries;
    Statement row(database, fmt::format("SELECT {} FROM review_entry AS entry WHERE {} ORDER BY number",
                                        columns, condition));
    for (row.start(value); row.next();)
        entries.push_back(entry_of(row));
    row.reset();
    if (entries.empty()) return entries;
    for (const auto& [part, member] :
         {std::pair("list", &ReviewEntry::lists), std::pair("outcome", &ReviewEntry::outcomes)}) {
        Statement parts(database,
                        fmt::format("SELECT part.entry, part.{0} FROM review_entry AS entry JOIN "
                                    "review_entry_{0} AS part ON part.entry = entry.number WHERE {1} "
                                    "ORDER BY part.entry, part.place",
                                    part, condition));
        parts.start(value);
        read_parts(parts, entries, member);
    }
    return entries;
}

std::optional<ReviewEntry> first_of(std::vector<ReviewEntry> entries) {
    if (entries.empty()) return std::nullopt;
    return std::move(entries.front());
}

std::int64_t newest_of(Database& database, std::string_view person) {
    Statement row(database, "SELECT coalesce(max(number), 0) FROM review_entry WHERE person = ?");
    row.start(person);
    row.next();
    return row.integer(0);
}

/// The first entry of the kind about another one; 0: there is none.
std::int64_t first_about(Database& database, EntryKind kind, std::int64_t about) {
    Statement row(database, "SELECT coalesce(min(number), 0) FROM review_entry WHERE about = ? AND kind = ?");
    row.start(about, text_of(kind));
    row.next();
    return row.integer(0);
}

bool is_stored(Database& database, EntryKind kind, std::int64_t about) {
    return first_about(database, kind, about) != 0;
}

/// Two corrections of one review would both stand, and what is signed or withdrawn has to count still.
void require_standing(Database& database, const ReviewEntry& entry) {
    if (is_stored(database, EntryKind::withdrawal, entry.about))
        throw UsageError("this review has been withdrawn already");
    // What was escalated is to be seen even when it was corrected.
    if (entry.kind == EntryKind::acknowledgement) return;
    if (const std::int64_t by = first_about(database, EntryKind::review, entry.about); by != 0)
        throw UsageError(fmt::format("this review has been corrected by No. {}; look at that one", by));
}

/// What an entry that is about a review asks of it.
void require_fitting_review(Database& database, const ReviewEntry& entry, const ReviewEntry& about) {
    if (about.person != entry.person || about.kind != EntryKind::review)
        throw UsageError("what the entry is about is no review of this person");
    require_standing(database, entry);
    switch (entry.kind) {
    case EntryKind::co_signature:
        if (!about.needs_co_signature) throw UsageError("this review needs no second signature");
        if (about.author == entry.author)
            throw UsageError("somebody else has to sign: you have recorded this review yourself");
        if (is_stored(database, entry.kind, about.number))
            throw UsageError("this review has its second signature already");
        return;
    case EntryKind::acknowledgement:
        if (!about.escalated) throw UsageError("this review has not been escalated");
        if (about.author == entry.author)
            throw UsageError("somebody else has to look at it: you have recorded this review yourself");
        if (is_stored(database, entry.kind, about.number))
            throw UsageError("this review has been acknowledged already");
        return;
    case EntryKind::withdrawal:
    case EntryKind::claim:
    case EntryKind::release:
    case EntryKind::review:
        return;
    }
}

void require_fitting_about(Database& database, const ReviewEntry& entry) {
    const bool may_be_about = entry.kind != EntryKind::claim && entry.kind != EntryKind::release;
    const bool must_be_about = may_be_about && entry.kind != EntryKind::review;
    if (entry.about == 0) {
        if (must_be_about) throw UsageError("the entry has to say which review it is about");
        return;
    }
    if (!may_be_about) throw UsageError("who has somebody is not about an earlier entry");
    const auto about = find_review_entry(database, entry.about);
    if (!about) throw UsageError("what the entry is about is no review of this person");
    require_fitting_review(database, entry, *about);
}

std::int64_t insert(Database& database, const ReviewEntry& entry) {
    Statement row(database,
                  "INSERT INTO review_entry (person, kind, at, author, author_role, service, as_at, day, "
                  "reason, not_indicated_reason, advice, deferred_to, assigned_to, note, about, "
                  "needs_co_signature, escalated, request) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
                  "nullif(CAST(? AS BIGINT), 0), ?, ?, ?) RETURNING number");
    row.start(entry.person, text_of(entry.kind), entry.at, entry.author, entry.author_role, entry.service,
              entry.as_at, entry.day, entry.reason, entry.not_indicated_reason, entry.advice,
              entry.deferred_to, entry.assigned_to, entry.note, entry.about,
              std::int64_t{entry.needs_co_signature}, std::int64_t{entry.escalated}, entry.request);
    row.next();
    return row.integer(0);
}

void insert_parts(Database& database, std::string_view part, std::int64_t entry,
                  const std::vector<std::string>& values) {
    Statement row(database,
                  fmt::format("INSERT INTO review_entry_{0} (entry, place, {0}) VALUES (?, ?, ?)", part));
    std::int64_t place = 0;
    for (const std::string& value : values)
        row.run(entry, place++, value);
}

/// Whether two entries say the same: all that somebody typed or pressed. What else an entry holds comes from
/// when and as whom it was sent.
bool is_same(const ReviewEntry& one, const ReviewEntry& other) {
    const auto said = [](const ReviewEntry& entry) {
        return std::tie(entry.kind, entry.day, entry.lists, entry.outcomes, entry.reason,
                        entry.not_indicated_reason, entry.advice, entry.deferred_to, entry.assigned_to,
                        entry.note, entry.about);
    };
    return said(one) == said(other);
}

/// The entry that was stored when the same form came before.
std::optional<ReviewEntry> entry_of_request(Database& database, const ReviewEntry& entry) {
    auto stored = first_of(entries_where(database, "entry.request = ?", entry.request));
    // The text is random: nobody but the form that holds it has it by chance.
    if (stored && (stored->person != entry.person || stored->author != entry.author))
        throw UsageError("this form was sent before for somebody else; open it again");
    if (stored && !is_same(*stored, entry))
        throw ConflictError("this form was saved before with something else in it; look at it again before "
                            "you save");
    return stored;
}

}  // namespace

std::string_view text_of(EntryKind kind) { return kind_texts[static_cast<std::size_t>(kind)]; }

ReviewEntry add_review_entry(Database& database, const ReviewEntry& entry, std::optional<std::int64_t> seen) {
    if (entry.person.empty() || entry.author.empty() || !is_request(entry.request))
        throw UsageError("an entry needs a person, an author and the random text of its form");
    WriteScope scope(database);
    // Held until what is added is visible: whoever reads a number has seen, or can read, all those below it.
    database.lock("review entries");
    if (auto stored = entry_of_request(database, entry)) return std::move(*stored);
    if (seen && newest_of(database, entry.person) > *seen)
        throw ConflictError("somebody else has written about this person meanwhile; look at it again before "
                            "you save");
    require_fitting_about(database, entry);
    const std::int64_t number = insert(database, entry);
    insert_parts(database, "list", number, entry.lists);
    insert_parts(database, "outcome", number, entry.outcomes);
    ReviewEntry added = find_review_entry(database, number).value();
    scope.commit();
    return added;
}

std::vector<ReviewEntry> review_entries_of(Database& database, std::string_view person) {
    return entries_where(database, "entry.person = ?", person);
}

std::vector<ReviewEntry> review_entries_after(Database& database, std::int64_t after) {
    return entries_where(database, "entry.number > ?", after);
}

std::optional<ReviewEntry> find_review_entry(Database& database, std::int64_t number) {
    return first_of(entries_where(database, "entry.number = ?", number));
}

std::int64_t newest_review_entry(Database& database) {
    return database.number("SELECT coalesce(max(number), 0) FROM review_entry");
}

}  // namespace optimat
