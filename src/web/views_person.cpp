#include "web/views_person.hpp"

#include "measure/attribution.hpp"
#include "report/number_text.hpp"
#include "stage/evidence.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace optimat {

namespace {

constexpr int default_span = 36;
/// A picture of more is not readable.
constexpr int longest_span = 120;

std::optional<int> read_span(const std::string& text) {
    if (text.empty()) return default_span;
    if (text == "all") return std::nullopt;
    if (text == "36") return 36;
    if (text == "12") return 12;
    throw HttpError(400, "The address asks for a span that is not there. Choose all, 36 or 12 months.");
}

/// The day of the earliest record that the picture draws; the history's last day when there is none.
Day first_record(const ClientHistory& history) {
    Day first = history.last;
    const auto look = [&](const auto& records, auto day) {
        if (!records.empty()) first = std::min(first, records.front().*day);
    };
    look(history.doses, &DoseStep::first);
    look(history.screens, &HistoryScreen::day);
    look(history.tops, &HistoryTop::day);
    look(history.events, &HistoryEvent::day);
    return first;
}

Day months_before(Day last, int months) {
    const CivilDay then = civil(add_months(month_end(last), -(months - 1)));
    return *day_of(then.year, then.month, 1);
}

DataCell words_or_none(std::string_view text) {
    return text.empty() ? DataCell::nothing() : DataCell::words(std::string(text));
}

std::string band_words(const State& state, const Policy& policy) {
    if (state.band == Band::unknown) return "not known";
    const auto threshold = policy.family(state.medicine).threshold;
    const std::string mark = threshold ? fmt::format(" ({} mg)", milligram_text(*threshold)) : std::string();
    if (state.on_threshold) return fmt::format("exactly on the threshold{}", mark);
    return fmt::format("{} the threshold{}", state.band == Band::below ? "below" : "at or above", mark);
}

void add_state(const Figures& figures, const PersonChoice& choice, const State& state, DataTable& table) {
    const Attribution whose = attribute(choice.chunk(figures), state, choice.day(figures));
    const auto add = [&](std::string_view item, DataCell value) {
        table.rows.push_back({DataCell::words(std::string(item)), std::move(value)});
    };
    add("Cohort",
        DataCell::words(state.cohort == Cohort::none ? "none" : std::string(text_of(state.cohort))));
    add("Medicine", DataCell::words(std::string(words_for(state.medicine))));
    add("Dose, mg", state.dose_known ? DataCell{CellKind::milligrams, {}, state.dose.number, 1000, {}}
                                     : DataCell::nothing());
    add("Dose band", DataCell::words(band_words(state, figures.policy())));
    add("Regime",
        DataCell::words(state.regime == Regime::unknown ? "not known" : std::string(text_of(state.regime))));
    add("Day in MAT",
        state.spell_censored ? DataCell::words("began before the data") : DataCell::count(state.spell_day));
    add("Service", DataCell::words(figures.extract().services[*state.service].name));
    add("Keyworker", words_or_none(whose.keyworker));
    add("Team", words_or_none(whose.team));
}

}  // namespace

std::string PersonChoice::query(const Figures& figures) const {
    return fmt::format("month={}&span={}", month_key(day(figures)),
                       months ? fmt::format("{}", *months) : "all");
}

PersonChoice read_person_choice(Context& context) {
    const Figures& figures = context.figures();
    const auto place = figures.find_reference(context.path_values.front());
    if (!place)
        throw HttpError(404, "There is no such person in the data. A newer import may have left them out.");
    PersonChoice choice{*place, context.path_values.front(), figures.dates().size() - 1, std::nullopt};
    context.audit.subject = choice.reference;
    if (!may_see(context.user().user, figures, *place))
        throw HttpError(
            403, "This person is not at your services or on your caseload, so you cannot open their record.");
    if (const std::string month = context.parameter("month"); !month.empty()) {
        const auto date = figures.find_month(month);
        if (!date)
            throw HttpError(
                400, "The address names a month that the data do not cover. Choose one from the list.");
        choice.date = *date;
    }
    choice.months = read_span(context.parameter("span"));
    context.audit.detail = month_key(choice.day(figures));
    if (const State* state = figures.state_of(*place, choice.date))
        context.audit.place = "service:" + figures.extract().services[*state->service].service_id;
    return choice;
}

PersonHistory person_history(const Figures& figures, const PersonChoice& choice) {
    const auto& all = figures.dates();
    const std::vector<Day> dates(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(choice.date) + 1);
    PersonHistory person{client_history(figures.extract(), choice.chunk(figures), choice.place.client,
                                        figures.policy(), dates),
                         dates.back()};
    const Day first = first_record(person.history);
    person.from = std::max(months_before(dates.back(), choice.months.value_or(longest_span)), first);
    // A few days are no picture: a month at least.
    person.from = std::min(person.from, months_before(dates.back(), 1));
    return person;
}

std::optional<LastEvidence> last_evidence(const Figures& figures, const PersonChoice& choice) {
    std::vector<Evidence> all;
    EvidenceReader(choice.chunk(figures)).read(choice.place.client, all);
    const Day as_at = choice.day(figures);
    std::optional<LastEvidence> last;
    for (const Evidence& one : all) {
        if (one.day > as_at) break;
        const bool again = last && last->day == one.day && last->use == LastEvidence::Use::found;
        if (again) continue;  // on one day use decides, as in the rule
        last = LastEvidence{one.day, as_at - one.day, one.table,
                            one.use ? LastEvidence::Use::found : LastEvidence::Use::none};
    }
    return last;
}

std::string evidence_words(const LastEvidence& evidence) {
    return fmt::format("{} of {}, {}", evidence.table == TableKind::tops ? "TOP" : "drug screen",
                       long_date(evidence.day),
                       evidence.age == 0 ? "the same day" : counted(evidence.age, "day") + " before");
}

std::string_view stage_words(const std::optional<State>& state) {
    if (!state) return "not in MAT";
    constexpr std::string_view words[] = {"MAT 1: induction", "MAT 2: using on top",
                                          "MAT 3: not using on top", "MAT 4: detox",
                                          "uncategorised: no recent evidence"};
    return words[static_cast<std::size_t>(state->stage)];
}

std::string code_words(std::string_view code) {
    std::string words(code);
    std::ranges::replace(words, '_', ' ');
    return words;
}

DataTable standing_table(const Figures& figures, const PersonChoice& choice) {
    DataTable table{
        "standing", fmt::format("Where this person stands on {}", long_date(choice.day(figures))),
        "",         {{"item", "Item", CellKind::words, ""}, {"value", "Value", CellKind::words, ""}},
        {},         1};
    const State* found = figures.state_of(choice.place, choice.date);
    const std::optional<State> state = found != nullptr ? std::optional(*found) : std::nullopt;
    table.rows.push_back(
        {DataCell::words("Client"), DataCell::words(std::string(choice.client_id(figures)))});
    table.rows.push_back({DataCell::words("MAT stage"), DataCell::words(std::string(stage_words(state)))});
    if (state) add_state(figures, choice, *state, table);
    const auto evidence = last_evidence(figures, choice);
    table.rows.push_back(
        {DataCell::words("Last evidence of use"),
         evidence ? DataCell::words(fmt::format(
                        "{}: {}", evidence->use == LastEvidence::Use::found ? "use on top" : "no use on top",
                        evidence_words(*evidence)))
                  : DataCell::nothing()});
    return table;
}

PageFigures person_figures(Context& context, const PersonChoice& choice) {
    const Figures& figures = context.figures();
    std::vector<DataTable> tables = history_tables(figures, choice, person_history(figures, choice));
    tables.insert(tables.begin() + 1, standing_table(figures, choice));
    return {"A person's history",
            {{"person", choice.reference}, {"month", month_key(choice.day(figures))}},
            std::move(tables),
            ""};
}

}  // namespace optimat
