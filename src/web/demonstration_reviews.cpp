#include "priority/lists.hpp"
#include "store/reviews.hpp"
#include "web/context.hpp"
#include "web/demonstration.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <set>

namespace optimat {

namespace {

constexpr std::size_t months_reviewed = 4;  ///< before the newest
constexpr std::size_t one_in = 4;           ///< so many of a list are reviewed
constexpr std::size_t claims = 6;

/// What is decided in turn, by list.
constexpr std::array<std::string_view, 4> outcomes_below = {"dose_increased", "psi_intensified",
                                                            "dose_increased", "naloxone_supplied"};
constexpr std::array<std::string_view, 4> outcomes_above = {"psi_intensified", "medication_changed",
                                                            "naloxone_supplied", "declined"};

/// Writes the entries of one service.
class Inventor {
  public:
    Inventor(Site& site, const Figures& figures, Database& database)
        : m_site(site), m_figures(figures), m_database(database) {
        for (const User& user : list_users(database)) {
            if (user.role == Role::clinician) m_clinician = user;
            if (user.role == Role::service_manager) m_manager = user;
        }
        if (!m_clinician.services.empty())
            m_place = figures.find_place("service:" + m_clinician.services.front());
    }

    void invent() {
        if (m_place == nullptr) return;
        const std::size_t newest = m_figures.dates().size() - 1;
        for (std::size_t date = newest - std::min(newest, months_reviewed); date < newest; ++date) {
            review(date, WorkList::priority_2, outcomes_below);
            review(date, WorkList::priority_3, outcomes_above);
        }
        claim(newest);
    }

  private:
    std::vector<ListRow> rows(const Pictures& pictures, std::size_t date, WorkList list) const {
        return work_list(m_figures.extract(), pictures, m_figures.policy(), list, *m_place, {},
                         m_figures.reviews_to(date));
    }

    void review(std::size_t date, WorkList list, std::span<const std::string_view> outcomes) {
        const auto pictures = m_figures.pictures(date);
        const auto on_list = rows(*pictures, date, list);
        for (std::size_t i = 0; i < on_list.size(); i += one_in) {
            const ClientPlace client = on_list[i].person->place;
            if (!m_seen.insert(client).second) continue;
            const std::size_t turn = i / one_in;
            const User& author = turn % 3 == 0 ? m_manager : m_clinician;
            const Day day = m_figures.dates()[date] + static_cast<std::int32_t>(1 + turn % 20);
            ReviewEntry entry = entry_of(client, EntryKind::review, author, day);
            entry.as_at = to_text(m_figures.dates()[date]);
            entry.lists = {"1", std::string(text_of(list))};
            entry.outcomes = {std::string(outcomes[turn % outcomes.size()])};
            const ReviewOutcome* outcome = m_site.list_words().reviews.outcome(entry.outcomes.front());
            entry.needs_co_signature =
                outcome != nullptr && outcome->needs_co_signature && author.role != Role::clinician;
            if (turn == 1 && !m_escalated) {
                entry.reason = "non_attendance";
                entry.escalated = m_escalated = true;
            }
            const ReviewEntry stored = add_review_entry(m_database, entry, {});
            if (stored.needs_co_signature && turn % 2 == 0) sign(client, stored, day + 1);
        }
    }

    void sign(ClientPlace client, const ReviewEntry& review, Day day) {
        ReviewEntry entry = entry_of(client, EntryKind::co_signature, m_clinician, day);
        entry.day.clear();
        entry.about = review.number;
        add_review_entry(m_database, entry, {});
    }

    void claim(std::size_t date) {
        const auto pictures = m_figures.pictures(date);
        const auto on_list = rows(*pictures, date, WorkList::priority_1);
        const Day today{static_cast<std::int32_t>(m_site.options().clock() / 86'400)};
        for (std::size_t i = 0; i < std::min(claims, on_list.size()); ++i) {
            const User& author = i % 2 == 0 ? m_clinician : m_manager;
            ReviewEntry entry = entry_of(on_list[i].person->place, EntryKind::claim, author,
                                         today + static_cast<std::int32_t>(3 * i) - 4);
            entry.assigned_to = author.sign_in_name;
            add_review_entry(m_database, entry, {});
        }
    }

    ReviewEntry entry_of(ClientPlace client, EntryKind kind, const User& author, Day day) {
        ReviewEntry entry;
        entry.person = m_figures.reference_of(client);
        entry.kind = kind;
        entry.at =
            kind == EntryKind::claim ? utc_text(m_site.options().clock()) : to_text(day) + "T10:00:00Z";
        entry.author = author.sign_in_name;
        entry.author_role = std::string(text_of(author.role));
        entry.service = m_clinician.services.front();
        entry.day = to_text(day);
        entry.request = fmt::format("demonstration {}", ++m_entries);
        return entry;
    }

    Site& m_site;
    const Figures& m_figures;
    Database& m_database;
    User m_clinician, m_manager;
    const Place* m_place = nullptr;
    std::set<ClientPlace> m_seen;
    bool m_escalated = false;
    int m_entries = 0;
};

}  // namespace

void make_demonstration_reviews(Site& site) {
    const auto lease = site.stores().lease();
    const auto figures = site.figures(lease.store());
    Database& database = lease.database();
    if (!figures || newest_review_entry(database) != 0) return;
    Transaction transaction(database, Transaction::Kind::write);
    Inventor(site, *figures, database).invent();
    transaction.commit();
}

}  // namespace optimat
