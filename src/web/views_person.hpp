#pragma once
// One client's history in figures: where the person stands at a month, the records behind it as tables, and
// the course of their Treatment Outcomes Profiles. The page, its picture, CSV and workbook all come from
// here.

#include "measure/client_history.hpp"
#include "measure/top_course.hpp"
#include "web/views.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace optimat {

/// Whose history, at which month, and how far back.
struct PersonChoice {
    ClientPlace place;
    std::string reference;      ///< the opaque name of the client in addresses
    std::size_t date = 0;       ///< place in Figures::dates
    std::optional<int> months;  ///< 12 or 36; nothing: everything there is

    Day day(const Figures& figures) const { return figures.dates()[date]; }
    const Chunk& chunk(const Figures& figures) const { return figures.extract().chunks[place.chunk]; }
    std::string_view client_id(const Figures& figures) const {
        return chunk(figures).client_ids[place.client];
    }
    /// `month=2018-10&span=36`, without a question mark.
    std::string query(const Figures& figures) const;
};

/// The client of the route's reference, with the month (without one the newest) and the span (36 months) of
/// the query. Fills in the audit entry. Throws HttpError 404 for a reference that is nobody's, 403 when the
/// viewer may not see the person, 400 for a month or span that is not there.
PersonChoice read_person_choice(Context& context);

/// What is recorded of a person up to the chosen month.
struct PersonHistory {
    ClientHistory history;  ///< its states are those of Figures::dates up to the chosen month
    Day from;               ///< the first day shown
};
PersonHistory person_history(const Figures& figures, const PersonChoice& choice);

/// The latest record that says something about use on top (rule evidence/on-top), whatever its age.
struct LastEvidence {
    Day day;
    std::int32_t age;  ///< days before the chosen month's day
    TableKind table;   ///< tops or drug_screens
    enum class Use : std::uint8_t { found, none } use;
};
std::optional<LastEvidence> last_evidence(const Figures& figures, const PersonChoice& choice);

/// `drug screen of 25 July 2018, 98 days before`.
std::string evidence_words(const LastEvidence& evidence);

/// Where the person stands, item by item (table `standing`: client, stage, cohort, medicine, dose, band,
/// regime, day in MAT, service, keyworker, team, last evidence). What is not known is no figure.
DataTable standing_table(const Figures& figures, const PersonChoice& choice);

/// The history as tables: `months`, `standing`, `doses`, `prescriptions`, `cover`, `tops`, `screens`,
/// `events`, `episodes`. Rows that end before `from` are left out, rows dated after the chosen month too.
PageFigures person_figures(Context& context, const PersonChoice& choice);
std::vector<DataTable> history_tables(const Figures& figures, const PersonChoice& choice,
                                      const PersonHistory& person);

/// `MAT 2: using on top`; `not in MAT` without a state.
std::string_view stage_words(const std::optional<State>& state);
/// Words of a code of the extract: `dropped out` of `dropped_out`.
std::string code_words(std::string_view code);

/// Which profiles of which episode the TOP tracker shows.
struct TopChoice {
    std::vector<std::uint32_t> episodes;  ///< rows, rising by start, begun by the chosen month
    std::optional<std::size_t> episode;   ///< place in them; nothing: the client has none
    TopTracker tracker;                   ///< of all the episode's profiles
    std::vector<std::size_t> shown;       ///< places in tracker.profiles, rising
};
/// Of the query: `episode=2` (from 1; without one the latest) and `top=1&top=3` (profiles of the episode,
/// from 1; without any all of them). The latest chosen one is compared with the start. Throws HttpError 400
/// for one that is not there.
TopChoice read_top_choice(Context& context, const PersonChoice& choice);
/// Items by profile with what became of each (table `top_tracker`); only items that some shown profile
/// answers.
DataTable top_tracker_table(const TopChoice& top);
/// The items that the table's rows are about, in its order.
std::vector<const TopCourse*> answered_courses(const TopChoice& top);
/// `abstinent`, `less`, `same`, `more`, `not comparable`; `none now` of what is no substance, `no longer` of
/// a yes or no.
std::string_view change_words(const TopCourse& course);
/// `Opiate days`.
std::string item_words(const TopItem& item);

}  // namespace optimat
