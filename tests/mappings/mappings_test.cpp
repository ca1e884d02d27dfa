// The two mappings that ship: an invented foreign extract gives exactly what its native twin gives, discarded
// values go nowhere, and what is wrong is said.

#include "base/error.hpp"
#include "base/temporary_folder.hpp"
#include "extract_text.hpp"
#include "intake/definitions.hpp"
#include "intake/extract_reader.hpp"
#include "intake/mapping.hpp"
#include "intake/text_file.hpp"
#include "store/import.hpp"
#include "store/snapshots.hpp"

#include <algorithm>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace optimat {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

const std::filesystem::path data = std::filesystem::path(OPTIMAT_SOURCE_DIR) / "tests/mappings";

ReadOptions shipped() {
    static const Definitions definitions;
    ReadOptions options;
    options.policy = definitions.policy();
    options.inventory_items = definitions.inventory_items();
    options.built_in_mapping = [](const std::string& name) { return definitions.mapping(name); };
    return options;
}

ReadExtract read(const std::filesystem::path& folder) { return read_extract(folder, shipped()); }

std::string complaint(const std::filesystem::path& folder) {
    try {
        read_usable_extract(folder, shipped());
    } catch (const Error& error) {
        return error.what();
    }
    return "no complaint";
}

void copy_of(const std::string& sample, const TemporaryFolder& folder) {
    for (const auto& entry : std::filesystem::directory_iterator(data / sample))
        std::filesystem::copy(entry.path(), folder.path());
}

/// Everything that a reading tells of its files, in words.
std::string words_of(const CheckReport& report) {
    std::string words;
    for (const FileReport& file : report.files)
        words += file.file + " " + file.table + " " + file.refusal + "\n";
    for (const Issue& issue : report.issues) {
        const auto& columns = report.files[issue.file].columns;
        words += std::string(issue_rule(issue.rule).id) + " " + std::to_string(issue.line) + " " +
                 sentence_for(issue.rule, issue.column < columns.size() ? columns[issue.column] : "") + "\n";
    }
    return words;
}

std::size_t count(const CheckReport& report, Rule rule) {
    return static_cast<std::size_t>(std::ranges::count(report.issues, rule, &Issue::rule));
}

RowCounts rows_of(const CheckReport& report, std::string_view file, std::string_view table) {
    for (const FileReport& one : report.files)
        if (one.file == file && one.table == table) return one.rows;
    return {};
}

class ShippedMapping : public testing::TestWithParam<const char*> {};

TEST_P(ShippedMapping, gives_what_the_native_twin_gives) {
    const ReadExtract foreign = read(data / GetParam() / "foreign"),
                      native = read(data / GetParam() / "native");
    EXPECT_EQ(foreign.report.count(Severity::error), 0u) << words_of(foreign.report);
    EXPECT_EQ(native.report.count(Severity::error), 0u) << words_of(native.report);
    const auto expected = lines_of(native.extract), actual = lines_of(foreign.extract);
    EXPECT_GT(expected.size(), 80u);
    EXPECT_THAT(actual, testing::ElementsAreArray(expected));
}

TEST_P(ShippedMapping, keeps_nothing_that_is_discarded) {
    const ReadExtract foreign = read(data / GetParam() / "foreign");
    std::string all = words_of(foreign.report) + all_bytes(foreign.extract);
    for (const std::string& line : lines_of(foreign.extract))
        all += line + "\n";
    EXPECT_THAT(all, Not(HasSubstr("ZZ"))) << "every discarded cell of the sample begins with ZZ";
    for (const std::filesystem::path& file : foreign.files)
        EXPECT_THAT(read_text_file(file), Not(HasSubstr("ZZ")))
            << "what may be kept beside a snapshot holds nothing of it";
    EXPECT_GT(foreign.files.size(), 0u);
    EXPECT_EQ(count(foreign.report, Rule::file_discarded_columns), 1u);
    EXPECT_EQ(count(foreign.report, Rule::file_unknown_columns), 0u);
}

TEST_P(ShippedMapping, leaves_nothing_discarded_in_the_store) {
    const std::filesystem::path folder = data / GetParam() / "foreign";
    const ReadExtract foreign = read(folder);
    const TemporaryFolder place;
    Store store((place.path() / "store.sqlite").string(), StoreAccess::create);
    const Policy policy = Definitions().policy();
    const ImportResult result = import_snapshot(store, {foreign.extract,
                                                        foreign.report,
                                                        policy,
                                                        folder,
                                                        foreign.files,
                                                        "test",
                                                        "2018-11-05T09:30:00Z",
                                                        {2},
                                                        {}});
    write_originals(store, result.snapshot_id, place.path() / "originals");
    std::size_t kept = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(place.path() / "originals")) {
        if (!entry.is_regular_file()) continue;
        ++kept;
        EXPECT_THAT(read_text_file(entry.path()), Not(HasSubstr("ZZ")));
    }
    EXPECT_GT(kept, 0u) << "what holds nothing discarded is kept";
    EXPECT_THAT(all_bytes(load_snapshot(store, result.snapshot_id, {2})), Not(HasSubstr("ZZ")));
}

TEST_P(ShippedMapping, keeps_no_birth_date) {
    const ReadExtract foreign = read(data / GetParam() / "foreign");
    std::string all = words_of(foreign.report) + all_bytes(foreign.extract);
    for (const std::string& line : lines_of(foreign.extract))
        all += line + "\n";
    for (const char* date : {"19800229", "29/02/1980", "1980-02-29", "31/12/1999", "19921231"})
        EXPECT_THAT(all, Not(HasSubstr(date)));
    EXPECT_THAT(all, HasSubstr("year_of_birth = 1980"));
}

TEST_P(ShippedMapping, every_column_that_it_wants_is_needed) {
    const std::string name = GetParam();
    const TemporaryFolder folder;
    copy_of(name + "/foreign", folder);
    const Mapping mapping = parse_mapping(*Definitions().mapping(name), name);
    ASSERT_EQ(mapping.files.size(), 1u);
    const FileMapping& file = mapping.files[0];
    const std::string text = read_text_file(folder.path() / file.file);
    for (const TableMapping& table : file.tables) {
        for (const auto& [field, source] : table.fields) {
            for (const std::string& column : source.columns) {
                std::string without = text;
                const std::size_t line = without.find('\n');
                std::size_t at = without.find(column);
                while (at < line &&
                       (std::isalnum(static_cast<unsigned char>(without[at - 1])) || without[at - 1] == ' ' ||
                        std::isalnum(static_cast<unsigned char>(without[at + column.size()])) ||
                        without[at + column.size()] == ' '))
                    at = without.find(column, at + 1);
                ASSERT_LT(at, line) << column;
                without.replace(at, column.size(), "Other");
                folder.write(file.file, without);
                EXPECT_THAT(complaint(folder.path()),
                            AllOf(HasSubstr(file.file), HasSubstr("'" + column + "'"), HasSubstr("missing")))
                    << field;
            }
        }
    }
}

INSTANTIATE_TEST_SUITE_P(All, ShippedMapping, testing::Values("ndtms", "mat_breakdown"),
                         [](const auto& name) { return std::string(name.param); });

TEST(Ndtms, repeated_clients_episodes_and_tops_count_once_without_a_word) {
    const CheckReport report = read(data / "ndtms/foreign").report;
    EXPECT_EQ(rows_of(report, "ndtms.csv", "clients"), (RowCounts{8, 5, 3, 0}));
    EXPECT_EQ(rows_of(report, "ndtms.csv", "episodes"), (RowCounts{6, 4, 2, 0}));
    EXPECT_EQ(rows_of(report, "ndtms.csv", "tops"), (RowCounts{4, 3, 1, 0}));
    EXPECT_EQ(rows_of(report, "prescriptions.csv", "prescriptions"), (RowCounts{2, 2, 0, 0}));
    EXPECT_EQ(count(report, Rule::id_repeated_identical), 0u);
}

TEST(Ndtms, wrong_cells_are_reported_where_they_stand) {
    const TemporaryFolder folder;
    copy_of("ndtms/foreign", folder);
    const auto header = [] {
        return std::string("AGNCY,CLIENTID,EPISODID,DOB,SEX,PRNTSTAT,REFLD,TRIAGED,DISD,DISRSN,RFLS,DRUG1,"
                           "TOPDATE,TOPID,TRSTAGE,ALCUSE,OPIUSE,CRAUSE,COCAUSE,"
                           "AMPHUSE,CANNUSE,OTDRGUSE,IVDRGUSE,SHARING,SHOTHEFT,DRGSELL,OTHTHEFT,ASSAULT,"
                           "PSYHSTAT,PWORK,EDUCAT,ACUTHPBM,HRISK,PHSTAT,QUALLIFE\n");
    };
    folder.write(
        "ndtms.csv",
        header() +
            "A0001,1,1,1980-02-29,X,11,20180105,20180230,,777,4,1101,20180112,T1,Q,NA,29,,,,,,,maybe,,,,,,,,,"
            ",,\n"
            "A0001,2,NA,19800229,1,11,20180105,20180110,,,4,1101,12/01/2018,T2,S,,,,,,,,,,,,,,,,,,,,\n");
    const ReadExtract result = read(folder.path());
    const std::string words = words_of(result.report);
    EXPECT_THAT(words, HasSubstr("cell/number 2 DOB"));
    EXPECT_THAT(words, HasSubstr("cell/code 2 SEX"));
    EXPECT_THAT(words, HasSubstr("cell/date 2 TRIAGED"));
    EXPECT_THAT(words, HasSubstr("cell/code 2 DISRSN"));
    EXPECT_THAT(words, HasSubstr("cell/code 2 TRSTAGE"));
    EXPECT_THAT(words, HasSubstr("cell/range 2 OPIUSE"));
    EXPECT_THAT(words, HasSubstr("cell/flag 2 SHARING"));
    EXPECT_THAT(words, HasSubstr("row/required-empty 3"));
    EXPECT_THAT(words, HasSubstr("cell/date-form 3 TOPDATE"));
    for (const char* value : {"777", "maybe", "1980-02-29", "20180230"})
        EXPECT_THAT(words, Not(HasSubstr(value)));
    EXPECT_EQ(rows_of(result.report, "ndtms.csv", "episodes"), (RowCounts{2, 0, 0, 2}));
    EXPECT_EQ(rows_of(result.report, "ndtms.csv", "tops"), (RowCounts{2, 1, 0, 1}));
}

TEST(MatBreakdown, a_medicine_that_is_not_listed_is_kept_and_told) {
    const TemporaryFolder folder;
    copy_of("mat_breakdown/foreign", folder);
    std::string text = read_text_file(folder.path() / "MAT Breakdown.csv");
    const std::string medicine = "Buprenorphine weekly injection";
    text.replace(text.find(medicine), medicine.size(), "Physeptone ampoules");
    folder.write("MAT Breakdown.csv", text);
    const ReadExtract result = read(folder.path());
    EXPECT_EQ(count(result.report, Rule::prescription_medicine_not_listed), 1u);
    EXPECT_EQ(rows_of(result.report, "MAT Breakdown.csv", "prescriptions"), (RowCounts{4, 4, 0, 0}));
    EXPECT_THAT(lines_of(result.extract),
                testing::Contains("N-20 prescriptions RX103 medicine = other_medicine"));
    EXPECT_THAT(words_of(result.report), Not(HasSubstr("Physeptone")));
}

TEST(MatBreakdown, millilitres_without_a_strength_are_no_dose) {
    const TemporaryFolder folder;
    copy_of("mat_breakdown/foreign", folder);
    std::string text = read_text_file(folder.path() / "MAT Breakdown.csv");
    text.replace(text.find(",6.5,10,"), 8, ",6.5,-,");
    folder.write("MAT Breakdown.csv", text);
    const ReadExtract result = read(folder.path());
    EXPECT_EQ(count(result.report, Rule::cell_ml_without_strength), 1u);
    EXPECT_THAT(lines_of(result.extract), Not(testing::Contains(HasSubstr("RX101 daily_dose_mg"))));
    EXPECT_THAT(lines_of(result.extract), testing::Contains("N-17 prescriptions RX101 medicine = methadone"));
}

TEST(MappingFile, may_lie_in_the_folder) {
    const TemporaryFolder folder;
    copy_of("mat_breakdown/foreign", folder);
    folder.write("own.toml", *Definitions().mapping("mat_breakdown"));
    folder.write("extract.toml", "organisation = \"Invented services\"\ncovers_from = "
                                 "\"2017-01-01\"\ncovers_to = \"2018-12-31\"\nmapping = \"own.toml\"\n");
    const ReadExtract result = read(folder.path());
    EXPECT_EQ(lines_of(result.extract), lines_of(read(data / "mat_breakdown/native").extract));
    EXPECT_THAT(result.files, testing::Contains(folder.path() / "own.toml"));
}

TEST(MappingFile, that_is_missing_or_wrong_is_said) {
    const TemporaryFolder folder;
    copy_of("mat_breakdown/foreign", folder);
    const auto with = [&](const std::string& mapping) {
        folder.write(
            "extract.toml",
            "organisation = \"A\"\ncovers_from = \"2017-01-01\"\ncovers_to = \"2018-12-31\"\nmapping = \"" +
                mapping + "\"\n");
        return complaint(folder.path());
    };
    EXPECT_THAT(with("built-in:none"), HasSubstr("no built-in mapping 'none'"));
    EXPECT_THAT(with("none.toml"), HasSubstr("none.toml"));
    folder.write("own.toml", "[file.\"MAT Breakdown.csv\"]\nfoo = 1\n");
    EXPECT_THAT(with("own.toml"), AllOf(HasSubstr("own.toml: line"), HasSubstr("'foo'")));
    std::filesystem::remove(folder.path() / "MAT Breakdown.csv");
    EXPECT_THAT(with("built-in:mat_breakdown"), AllOf(HasSubstr("MAT Breakdown.csv"), HasSubstr("missing")));
}

TEST(Joined, fields_are_not_recorded_when_a_part_is_not) {
    const TemporaryFolder folder;
    folder.write("extract.toml", "organisation = \"A\"\ncovers_from = \"2017-01-01\"\ncovers_to = "
                                 "\"2018-12-31\"\nmapping = \"own.toml\"\n");
    folder.write("services.csv", "service_id,name\nS1,One\n");
    folder.write("prescriptions.csv", "prescription_id,client_id,service_id,medicine,start_date\n");
    folder.write("own.toml", "[file.\"clients.csv\"]\nnot_recorded = "
                             "[\"?\"]\n[[file.\"clients.csv\".table]]\ntable = \"clients\"\n"
                             "fields.client_id = { columns = [\"A\", \"B\"], join = \"/\" }\n");
    folder.write("clients.csv", "A,B\n1,2\n1,\n?,2\nNA,3\n 4 ,5\n");
    const ReadExtract result = read(folder.path());
    EXPECT_EQ(rows_of(result.report, "clients.csv", "clients"), (RowCounts{5, 2, 0, 3}));
    EXPECT_EQ(count(result.report, Rule::row_required_empty), 3u);
    EXPECT_EQ(count(result.report, Rule::cell_padded), 1u) << "a cell is complained of once";
    EXPECT_THAT(lines_of(result.extract), testing::Contains("4/5 clients"));
}

TEST(Issues, of_a_mapped_file_stand_at_the_same_table_whatever_the_blocks) {
    const TemporaryFolder folder;
    copy_of("mat_breakdown/foreign", folder);
    std::string text = read_text_file(folder.path() / "MAT Breakdown.csv");
    text.insert(text.find("N-18,"), "\r\n");
    text.insert(text.find("N-20,"), "\r\n");
    folder.write("MAT Breakdown.csv", text);
    ReadOptions options = shipped();
    const auto issues = read_extract(folder.path(), options).report.issues;
    for (const std::size_t block : {std::size_t{1}, std::size_t{100}, std::size_t{1000}}) {
        options.block_size = block;
        EXPECT_EQ(read_extract(folder.path(), options).report.issues, issues) << block;
    }
}

}  // namespace
}  // namespace optimat
