#include "report/flows_text.hpp"

#include "report/number_text.hpp"
#include "report/table_text.hpp"
#include "report/tracker_text.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace optimat {

namespace {

using Json = nlohmann::ordered_json;

/// Heads of the columns, short enough for eleven of them beside each other.
constexpr std::string_view short_heads[] = {"Red",  "Amb.", "Grn.", "Grey", "M2?", "M3?",
                                            "MAT1", "MAT4", "Unc.", "Else", "Out"};
static_assert(std::size(short_heads) == flow_ends);

constexpr std::string_view row_heads[] = {"Red",           "Amber",         "Green",     "Grey",
                                          "MAT2 unbanded", "MAT3 unbanded", "MAT1",      "MAT4",
                                          "Uncategorised", "MAT elsewhere", "Not in MAT"};
static_assert(std::size(row_heads) == flow_ends);

bool is_outside(std::size_t end) { return end >= tracker_group_count; }

std::string matrix(const FlowTable& flows, const Terminal& terminal) {
    TextTable table(terminal);
    table.add_column("From \\ to", Align::left);
    for (const std::string_view head : short_heads)
        table.add_column(std::string(head), Align::right);
    for (std::size_t from = 0; from < flow_ends; ++from) {
        std::vector<std::string> cells = {std::string(row_heads[from])};
        for (std::size_t to = 0; to < flow_ends; ++to) {
            const std::string count = count_text(flows.people[from][to]);
            // Nobody stays outside here; a dot for nobody keeps the eye on those who moved.
            if (is_outside(from) && is_outside(to))
                cells.emplace_back("");
            else if (flows.people[from][to] == 0)
                cells.push_back(paint(terminal, Ink::faint, "·"));
            else
                cells.push_back(from == to ? paint(terminal, Ink::strong, count) : count);
        }
        table.add_row(std::move(cells));
    }
    return table.text();
}

}  // namespace

std::string flows_sentence(const FlowTable& flows) {
    return fmt::format("From {} to {}: {} entered MAT, {} came from another place, {} left MAT, {} moved to "
                       "another place, {} changed "
                       "group here and {} stayed in theirs.",
                       long_date(flows.before), long_date(flows.now), people_text(flows.entered()),
                       count_text(flows.arrived()), count_text(flows.left()), count_text(flows.moved_away()),
                       count_text(flows.changed_group()), count_text(flows.stayed()));
}

void write_flows_text(const Place& place, const FlowTable& flows, const Provenance& provenance,
                      const Terminal& terminal, const TextSink& sink) {
    std::string text =
        paint(terminal, Ink::strong, cut_to("Flows · " + printable(place.name), terminal.width)) + '\n';
    text += cut_to(fmt::format("{}, {} to {}", printable(words_for(place)), long_date(flows.before),
                               long_date(flows.now)),
                   terminal.width) +
            "\n\n";
    text += wrapped(flows_sentence(flows), terminal.width) + '\n';
    text +=
        wrapped("People by where they stood then (rows) and where they stand now (columns)", terminal.width);
    text += matrix(flows, terminal);
    text += wrapped(
        "  M2?, M3?: MAT2 and MAT3 unbanded; Unc.: uncategorised; Else: in MAT elsewhere; Out: not in MAT.",
        terminal.width, 2);
    text += '\n' + paint(terminal, Ink::faint, wrapped(printable(provenance.line()), terminal.width));
    sink(text);
}

void write_flows_csv(const Place& place, const FlowTable& flows, const Provenance& provenance,
                     const TextSink& sink) {
    std::string text =
        fmt::format("place_kind,place_id,place,before,now,from,to,people{}\n", csv_provenance_head());
    const std::string head = fmt::format("{},{},{},{},{}", text_of(place.kind), csv_words(place.id),
                                         csv_words(place.name), to_text(flows.before), to_text(flows.now));
    for (std::size_t from = 0; from < flow_ends; ++from)
        for (std::size_t to = 0; to < flow_ends; ++to)
            if (!is_outside(from) || !is_outside(to))
                fmt::format_to(std::back_inserter(text), "{},{},{},{}{}\n", head, flow_end_text(from),
                               flow_end_text(to), flows.people[from][to], csv_provenance(provenance));
    sink(text);
}

void write_flows_json(const Place& place, const FlowTable& flows, const Provenance& provenance,
                      const TextSink& sink) {
    Json people = Json::array();
    for (std::size_t from = 0; from < flow_ends; ++from)
        for (std::size_t to = 0; to < flow_ends; ++to)
            if (!is_outside(from) || !is_outside(to))
                people.push_back({{"from", flow_end_text(from)},
                                  {"to", flow_end_text(to)},
                                  {"people", flows.people[from][to]}});
    const Json result = {{"provenance", json_of(provenance)},
                         {"place", {{"kind", text_of(place.kind)}, {"id", place.id}, {"name", place.name}}},
                         {"before", to_text(flows.before)},
                         {"now", to_text(flows.now)},
                         {"summary", flows_sentence(flows)},
                         {"entered", flows.entered()},
                         {"arrived", flows.arrived()},
                         {"left", flows.left()},
                         {"moved_away", flows.moved_away()},
                         {"changed_group", flows.changed_group()},
                         {"stayed", flows.stayed()},
                         {"people", std::move(people)}};
    sink(result.dump(1) + "\n");
}

}  // namespace optimat
