// A release beside today's figures: every step against a recomputation that knows nothing of steps, on random
// pairs of extracts.

#include "outcome/restatement.hpp"

#include "base/temporary_folder.hpp"
#include "intake/definitions.hpp"
#include "intake/extract_reader.hpp"
#include "random_extract.hpp"
#include "stage/classify.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fstream>
#include <gtest/gtest.h>
#include <map>
#include <random>
#include <set>

namespace optimat {
namespace {

using Row = std::vector<std::string>;
struct CsvFile {
    Row head;
    std::vector<Row> rows;
    std::size_t column(const std::string& name) const {
        return static_cast<std::size_t>(std::ranges::find(head, name) - head.begin());
    }
};
/// The files of an extract whose rows are of clients, by name.
using Files = std::map<std::string, CsvFile>;

Row cells_of(const std::string& line) {
    Row cells(1);
    for (const char c : line)
        if (c == ',')
            cells.emplace_back();
        else
            cells.back() += c;
    return cells;
}

Files files_in(const std::filesystem::path& folder) {
    Files files;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        const std::string name = entry.path().filename().string();
        if (!name.ends_with(".csv") || name == "services.csv") continue;
        std::ifstream in(entry.path());
        std::string line;
        std::getline(in, line);
        CsvFile& file = files[name];
        file.head = cells_of(line);
        while (std::getline(in, line))
            file.rows.push_back(cells_of(line));
    }
    return files;
}

Extract read(const std::filesystem::path& folder, std::size_t chunks) {
    ReadOptions options;
    options.policy = Definitions().policy();
    options.inventory_items = Definitions().inventory_items();
    options.threads = {1};
    options.chunk_count = chunks;
    return read_extract(folder, options).extract;
}

Extract extract_of(const Files& files, const std::filesystem::path& folder, std::size_t chunks) {
    for (const auto& [name, file] : files) {
        std::ofstream out(folder / name);
        out << fmt::format("{}\n", fmt::join(file.head, ","));
        for (const Row& row : file.rows)
            out << fmt::format("{}\n", fmt::join(row, ","));
    }
    return read(folder, chunks);
}

/// Two extracts of one organisation, the later with rows that came late and rows that were put right.
struct RandomPair {
    Files then, now;
    Day as_at = day_of(2020, 7, 31).value();
    std::set<std::string> corrected;  ///< clients

    RandomPair(const std::filesystem::path& folder, std::uint64_t seed) {
        RandomExtractOptions options;
        options.clients = 60;
        options.layout = RandomLayout::plain;
        options.faults = RandomFaults::none;
        write_random_extract(folder, seed, options);
        now = then = files_in(folder);
        std::mt19937_64 random(seed);
        const auto one_in = [&](std::uint64_t n) { return random() % n == 0; };
        for (auto& [name, file] : then) {
            if (name == "clients.csv") continue;
            std::erase_if(file.rows, [&](const Row&) { return one_in(25); });
        }
        for (auto& [name, file] : now) {
            if (name == "clients.csv") continue;
            std::erase_if(file.rows, [&](const Row& row) {
                if (!one_in(90)) return false;
                if (is_in(then.at(name), row) && is_dated(file, row)) corrected.insert(client(file, row));
                return true;
            });
        }
        CsvFile& prescriptions = now.at("prescriptions.csv");
        const std::size_t dose = prescriptions.column("daily_dose_mg");
        for (Row& row : prescriptions.rows) {
            if (!one_in(40) || row[dose].empty()) continue;
            if (is_in(then.at("prescriptions.csv"), row) && is_dated(prescriptions, row))
                corrected.insert(client(prescriptions, row));
            row[dose] = row[dose] == "75" ? "20" : "75";
        }
    }

    /// What a person would put together: everybody's newer rows but those of the corrected, whose rows are
    /// the earlier ones.
    Files late_only() const {
        Files files = now;
        for (auto& [name, file] : files) {
            const auto is_corrected = [&](const Row& row) { return corrected.contains(client(file, row)); };
            std::erase_if(file.rows, is_corrected);
            for (const Row& row : then.at(name).rows)
                if (is_corrected(row)) file.rows.push_back(row);
        }
        return files;
    }

  private:
    static std::string client(const CsvFile& file, const Row& row) { return row[file.column("client_id")]; }
    static bool is_in(const CsvFile& file, const Row& row) {
        return std::ranges::find(file.rows, row) != file.rows.end();
    }
    bool is_dated(const CsvFile& file, const Row& row) const {
        const std::size_t start = file.column("start_date");
        const std::string& text = row[start < row.size() ? start : file.column("date")];
        const auto day = parse_iso_day(text);
        return day && *day <= as_at;
    }
};

/// A measure of every function: its first part of all of them.
MeasureDefinitions a_measure_a_function() {
    MeasureDefinitions definitions;
    definitions.groups = {{"g", "Group"}};
    for (const MeasureFunction& function : measure_functions()) {
        MeasureDefinition measure;
        measure.name = std::string(function.name) + "_share";
        measure.group = "g";
        measure.function = &function;
        measure.numerator = {0};
        for (std::uint8_t part = 0; part < function.parts.size(); ++part)
            measure.denominator.push_back(part);
        definitions.measures.push_back(measure);
    }
    return definitions;
}

std::string reference_of(std::string_view client_id) { return fmt::format("ref-{}", client_id); }

std::map<std::string, std::optional<Standing>> standings(const Extract& extract, const Policy& policy,
                                                         Day as_at) {
    std::map<std::string, std::optional<Standing>> by_person;
    for (const FrozenState& state :
         freeze_states(extract, classify(extract, policy, {as_at}, {1}), reference_of))
        by_person[state.person] = state.standing;
    return by_person;
}

NamedCells counted(const Extract& extract, const Policy& policy, Day as_at) {
    const auto dates = release_dates(extract.covers_from, as_at);
    return {extract, make_measure_grid(extract, policy, dates, ThreadCount{1})};
}

class RandomRestatement : public testing::TestWithParam<int> {
  protected:
    RandomRestatement()
        : pair(folder.path(), static_cast<std::uint64_t>(GetParam())),
          then(extract_of(pair.then, folder.path(), 4)),
          now(extract_of(pair.now, folder.path(), 8)),
          late_only(extract_of(pair.late_only(), folder.path(), 2)),
          policy_then(Definitions().policy()),
          policy_now(policy_then),
          // Stands for the program that made the release: it counted something otherwise.
          policy_of_release(policy_then) {
        if (GetParam() % 2 == 0) policy_now.evidence_months = 6;
        if (GetParam() % 3 == 0) policy_of_release.induction_days = 14;
        definitions = a_measure_a_function();
        const auto dates = release_dates(then.covers_from, pair.as_at);
        released = release_figures(
            then, make_measure_grid(then, policy_of_release, dates, functions_of(definitions), {1}),
            definitions);
        const States of_release = classify(then, policy_of_release, {pair.as_at}, {1});
        states = read_frozen_states(write_frozen_states(freeze_states(then, of_release, reference_of)));
    }
    RestatementSources sources() const {
        return {released, pair.as_at, then.covers_from, states,       &then,         policy_then,
                now,      policy_now, definitions,      reference_of, ThreadCount{2}};
    }

    TemporaryFolder folder;
    RandomPair pair;
    Extract then, now, late_only;
    Policy policy_then, policy_now, policy_of_release;
    MeasureDefinitions definitions;
    ReleaseFigures released;
    std::vector<FrozenState> states;
};
INSTANTIATE_TEST_SUITE_P(Seeds, RandomRestatement, testing::Range(1, 13));

TEST_P(RandomRestatement, EveryStepIsWhatIsCountedByItself) {
    const Restatement restatement(sources());
    using enum RestatementCause;
    EXPECT_EQ(restatement.causes(), (std::vector{program, late_data, correction, definition}));
    EXPECT_EQ(restatement.cells(0), counted(then, policy_of_release, pair.as_at));
    EXPECT_EQ(restatement.cells(1), counted(then, policy_then, pair.as_at));
    EXPECT_EQ(restatement.cells(2), counted(late_only, policy_then, pair.as_at));
    EXPECT_EQ(restatement.cells(3), counted(now, policy_then, pair.as_at));
    EXPECT_EQ(restatement.cells(4), counted(now, policy_now, pair.as_at));
    EXPECT_FALSE(restatement.cells(2) == restatement.cells(3)) << "nothing was corrected";
    EXPECT_FALSE(restatement.cells(1) == restatement.cells(2)) << "nothing came late";
}

TEST_P(RandomRestatement, ServicesSumToTheOrganisationAtEveryStep) {
    const Restatement restatement(sources());
    for (const ReleaseMeasure& measure : restatement.measures()) {
        const RestatedMeasure whole = restatement.measure(measure, {true, {}, {}});
        RestatedPlace none_known{false, {""}, {""}};
        std::vector<RestatedMeasure> parts = {restatement.measure(measure, none_known)};
        for (const Place& place : places_of(now))
            if (place.kind == PlaceKind::service)
                parts.push_back(restatement.measure(measure, restated_place(place, now, released.services)));
        for (std::size_t step = 0; step < whole.after.size(); ++step) {
            std::int64_t numerator = 0, denominator = 0, then_denominator = 0;
            for (const RestatedMeasure& part : parts) {
                numerator += part.after[step]->numerator;
                denominator += part.after[step]->denominator;
                then_denominator += part.then.denominator;
            }
            EXPECT_EQ(numerator, whole.after[step]->numerator) << measure.name;
            EXPECT_EQ(denominator, whole.after[step]->denominator) << measure.name;
            EXPECT_EQ(then_denominator, whole.then.denominator) << measure.name;
        }
    }
}

TEST_P(RandomRestatement, NamesEverybodyWhoStandsElsewhereAndNobodyElse) {
    const Restatement restatement(sources());
    ASSERT_TRUE(restatement.knows_people());
    auto frozen = standings(then, policy_of_release, pair.as_at),
         program = standings(then, policy_then, pair.as_at),
         late = standings(late_only, policy_then, pair.as_at), data = standings(now, policy_then, pair.as_at),
         definition = standings(now, policy_now, pair.as_at);
    std::set<std::string> everybody;
    for (const auto* const map : {&frozen, &definition})
        for (const auto& [person, standing] : *map)
            everybody.insert(person);
    std::map<std::string, RestatedPerson> told;
    for (const RestatedPerson& person : restatement.people())
        told.emplace(person.person, person);
    for (const std::string& person : everybody) {
        const bool moved = !stands_alike(frozen[person], definition[person]);
        ASSERT_EQ(told.contains(person), moved);
        if (!moved) continue;
        std::vector<RestatementCause> causes;
        if (!stands_alike(frozen[person], program[person])) causes.push_back(RestatementCause::program);
        if (!stands_alike(program[person], late[person])) causes.push_back(RestatementCause::late_data);
        if (!stands_alike(late[person], data[person])) causes.push_back(RestatementCause::correction);
        if (!stands_alike(data[person], definition[person])) causes.push_back(RestatementCause::definition);
        EXPECT_EQ(told.at(person).causes, causes);
        EXPECT_EQ(told.at(person).cause, causes.front());
        EXPECT_EQ(told.at(person).then, frozen[person]);
        EXPECT_EQ(told.at(person).now, definition[person]);
        EXPECT_EQ(told.at(person).changes.kind() == ChangeKind::correction,
                  pair.corrected.contains(person.substr(4)));
        told.erase(person);
    }
    EXPECT_TRUE(told.empty());
}

TEST_P(RandomRestatement, WithoutItsExtractHasOneStepForTheDataAndNoPersons) {
    RestatementSources without = sources();
    without.then = nullptr;
    without.states.reset();
    const Restatement restatement(without);
    using enum RestatementCause;
    EXPECT_EQ(restatement.causes(), (std::vector{data, definition}));
    EXPECT_EQ(restatement.cells(0), counted(then, policy_of_release, pair.as_at));
    EXPECT_EQ(restatement.cells(1), counted(now, policy_then, pair.as_at));
    EXPECT_EQ(restatement.cells(2), counted(now, policy_now, pair.as_at));
    EXPECT_FALSE(restatement.knows_people());
}

TEST_P(RandomRestatement, OfTheSameExtractPolicyAndProgramDiffersInNothing) {
    RestatementSources same = sources();
    const auto dates = release_dates(then.covers_from, pair.as_at);
    const ReleaseFigures figures = release_figures(
        then, make_measure_grid(then, policy_then, dates, functions_of(definitions), {1}), definitions);
    const RestatementSources alike{
        figures,
        pair.as_at,
        then.covers_from,
        freeze_states(then, classify(then, policy_then, {pair.as_at}, {1}), reference_of),
        &then,
        policy_then,
        then,
        policy_then,
        definitions,
        reference_of,
        ThreadCount{1}};
    const Restatement restatement(alike);
    EXPECT_TRUE(restatement.people().empty());
    for (const ReleaseMeasure& measure : restatement.measures())
        EXPECT_FALSE(restatement.measure(measure, {true, {}, {}}).has_changed());
}

TEST(RestatedPlace, OfARegionHasTheServicesOfThenAndThoseThatAreNew) {
    Extract now;
    for (const auto& [id, region] :
         {std::pair("A", "North"), std::pair("B", "South"), std::pair("C", "North")}) {
        Service& service = now.services.emplace_back();
        service.service_id = id;
        service.region = region;
    }
    const std::vector<ReleaseService> then = {{"A", "", "South", "", ""}, {"B", "", "North", "", ""}};
    const Place north = find_place(now, PlaceKind::region, "North");
    const RestatedPlace place = restated_place(north, now, then);
    EXPECT_EQ(place.then, (std::vector<std::string>{"B", "C"}));
    EXPECT_EQ(place.now, (std::vector<std::string>{"A", "C"}));
    EXPECT_FALSE(place.organisation);
    EXPECT_TRUE(place.has_then("B"));
    EXPECT_FALSE(place.has_then("A"));
    const RestatedPlace service = restated_place(find_place(now, PlaceKind::service, "A"), now, then);
    EXPECT_EQ(service.then, (std::vector<std::string>{"A"}));
    const RestatedPlace saved = restated_place({PlaceKind::peer_group, "mine", "mine", {0, 1}}, now, then);
    EXPECT_EQ(saved.then, (std::vector<std::string>{"A", "B"}));
}

}  // namespace
}  // namespace optimat
