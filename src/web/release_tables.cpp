#include "web/release_tables.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace optimat {

namespace {

DataCell day_cell(const std::string& text) {
    const auto day = parse_iso_day(std::string_view(text).substr(0, 10));
    return day ? DataCell::of_day(*day) : DataCell::nothing();
}

DataCell words_cell(const std::string& text) {
    return text.empty() ? DataCell::nothing() : DataCell::words(text);
}

std::string author_of(const ReleaseAuthor& author) {
    return author.name.empty() ? "command line" : author.name;
}

std::string policy_words(const PolicyName& policy) {
    return fmt::format("{} {} ({})", policy.name, policy.version, policy.hash);
}

}  // namespace

std::string release_title(const Release& release) {
    const auto day = parse_iso_day(release.as_at);
    return fmt::format("Release {}, {}", release.number, day ? long_date(*day) : release.as_at);
}

std::string release_state(const Release& release) {
    if (release.withdrawn) return "withdrawn";
    return release.snapshot_kept ? "stands" : "stands; its data are erased";
}

DataTable releases_table(const std::vector<Release>& releases,
                         const std::function<std::string(const Release&)>& link) {
    DataTable table{
        "releases",
        "Releases",
        "A release is never changed. A month has one that stands, and what may leave of it leaves "
        "once, with the first.",
        {{"release", "Release", CellKind::words, ""},
         {"as_at", "Figures of", CellKind::day, ""},
         {"people_in_mat", "People in MAT", CellKind::count, ""},
         {"made", "Made on", CellKind::day, ""},
         {"author", "By", CellKind::words, ""},
         {"reason", "Why", CellKind::words, ""},
         {"policy", "Policy", CellKind::words, ""},
         {"state", "State", CellKind::words, ""}},
        {},
        2};
    for (const Release& release : releases) {
        DataCell number = DataCell::count(release.number);
        if (link) number = std::move(number).linked(link(release));
        table.rows.push_back(
            {std::move(number), day_cell(release.as_at), DataCell::count(release.people_in_mat),
             day_cell(release.made.at), DataCell::words(author_of(release.made)), words_cell(release.reason),
             DataCell::words(fmt::format("{} {}", release.policy.name, release.policy.version)),
             DataCell::words(release_state(release))});
    }
    std::ranges::reverse(table.rows);
    return table;
}

DataTable due_table(const std::vector<DueRelease>& due) {
    DataTable table{"due",
                    "What is to be released next",
                    "",
                    {{"as_at", "Figures of", CellKind::day, ""},
                     {"due", "Due by", CellKind::day, ""},
                     {"state", "State", CellKind::words, ""},
                     {"data", "Data", CellKind::words, ""}},
                    {},
                    1};
    for (const DueRelease& one : due)
        table.rows.push_back({DataCell::of_day(one.as_at), DataCell::of_day(one.due),
                              DataCell::words(one.is_overdue ? "overdue" : "due"),
                              DataCell::words(one.has_data ? "there" : "not there yet")});
    return table;
}

DataTable release_about_table(const Release& release) {
    DataTable table{"release_about",
                    "What the release was made from",
                    "",
                    {{"what", "What", CellKind::words, ""}, {"value", "Is", CellKind::words, ""}},
                    {},
                    1};
    const auto add = [&](std::string what, const std::string& value) {
        table.rows.push_back({DataCell::words(std::move(what)), words_cell(value)});
    };
    add("Release", fmt::format("{}", release.number));
    add("State", release_state(release));
    add("Figures of", release.as_at);
    add("Organisation", release.organisation);
    add("People in MAT", fmt::format("{}", release.people_in_mat));
    add("Made", fmt::format("{} by {}", release.made.at, author_of(release.made)));
    add("Why", release.reason);
    add("Snapshot", release.snapshot);
    add("Data",
        fmt::format("{} to {}, imported {}", release.covers_from, release.covers_to, release.imported_at));
    add("Policy", policy_words(release.policy));
    add("Definitions of measures",
        fmt::format("version {} ({})", release.measures_version, release.measures_hash.substr(0, 16)));
    add("Program", release.program_version);
    if (release.withdrawn) {
        add("Withdrawn", fmt::format("{} by {}", release.withdrawn->by.at, author_of(release.withdrawn->by)));
        add("Why withdrawn", release.withdrawn->reason);
    }
    return table;
}

}  // namespace optimat
