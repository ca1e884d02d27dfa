#include "intake/plan.hpp"

#include "base/error.hpp"
#include "intake/contract.hpp"
#include "model/table.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace optimat {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using Header = std::vector<std::string>;

const Schema& schema() {
    static const Schema made({"diverted_this_episode", "own_item"});
    return made;
}

std::string complaint(const std::string& file, const Header& header, const FileMapping* mapping = nullptr) {
    try {
        plan_file(schema(), file, header, mapping);
    } catch (const InputError& error) {
        return error.what();
    }
    return "no complaint";
}

std::vector<std::string_view> names_of(const TablePlan& table) {
    std::vector<std::string_view> names;
    for (const FieldPlan& field : table.fields)
        names.push_back(schema().fields(*table.kind)[field.field].name);
    return names;
}

TEST(Plan, columns_are_found_by_name_in_any_order) {
    const FilePlan plan =
        plan_file(schema(), "tops.csv", {"date", "opiate_days", "client_id", "top_id"}, nullptr);
    EXPECT_EQ(plan.column_count, 4u);
    ASSERT_EQ(plan.tables.size(), 1u);
    const TablePlan& table = plan.tables[0];
    EXPECT_EQ(table.kind, TableKind::tops);
    EXPECT_EQ(table.client.column, 2);
    EXPECT_EQ(table.record->column, 3);
    EXPECT_THAT(names_of(table), ElementsAre("date", "opiate_days"));
    EXPECT_EQ(table.fields[0].column, 0);
    EXPECT_EQ(table.fields[1].column, 1);
    EXPECT_EQ(table.fields[1].maximum, 28);
    EXPECT_TRUE(plan.unknown_columns.empty());
}

TEST(Plan, every_required_column_is_required) {
    const auto check = [](const std::string& table, std::span<const Field> fields) {
        Header all;
        for (const Field& field : fields)
            all.emplace_back(field.name);
        EXPECT_EQ(complaint(table + ".csv", all), "no complaint");
        for (std::size_t i = 0; i < fields.size(); ++i) {
            Header without = all;
            without.erase(without.begin() + static_cast<std::ptrdiff_t>(i));
            const std::string expected = fields[i].required == Required::yes
                                             ? "the required column '" + all[i] + "' is missing"
                                             : "no complaint";
            EXPECT_THAT(complaint(table + ".csv", without), HasSubstr(expected)) << table;
        }
    };
    check("services", service_fields());
    for (std::size_t i = 0; i < table_count; ++i)
        check(std::string(table_name(static_cast<TableKind>(i))), schema().fields(static_cast<TableKind>(i)));
}

TEST(Plan, items_of_the_inventory_are_columns_of_ascis) {
    const FilePlan plan =
        plan_file(schema(), "ascis.csv", {"asci_id", "client_id", "date", "own_item", "their_item"}, nullptr);
    EXPECT_THAT(names_of(plan.tables[0]), ElementsAre("date", "own_item"));
    EXPECT_THAT(plan.unknown_columns, ElementsAre("their_item"));
}

TEST(Plan, unknown_columns_are_told_and_may_stand_twice) {
    const FilePlan plan =
        plan_file(schema(), "clients.csv", {"client_id", "Sex", "shoe_size", "shoe_size", ""}, nullptr);
    EXPECT_THAT(plan.unknown_columns, ElementsAre("Sex", "shoe_size", "shoe_size", ""));
}

TEST(Plan, a_known_column_may_not_stand_twice) {
    EXPECT_THAT(complaint("clients.csv", {"client_id", "sex", "client_id"}),
                HasSubstr("'client_id' stands twice"));
    EXPECT_THAT(complaint("clients.csv", {"client_id", "sex", "sex"}), HasSubstr("'sex' stands twice"));
    EXPECT_THAT(complaint("prescriptions.csv", {"prescription_id", "client_id", "service_id", "medicine",
                                                "start_date", "daily_dose_ml", "daily_dose_ml"}),
                HasSubstr("'daily_dose_ml' stands twice"));
}

TEST(Plan, millilitres_and_strength_are_columns_of_prescriptions) {
    const FilePlan plan = plan_file(schema(), "prescriptions.csv",
                                    {"prescription_id", "client_id", "service_id", "medicine", "start_date",
                                     "strength_mg_per_ml", "daily_dose_ml"},
                                    nullptr);
    EXPECT_EQ(plan.tables[0].ml_column, 6);
    EXPECT_EQ(plan.tables[0].strength_column, 5);
    EXPECT_TRUE(plan.unknown_columns.empty());
}

TEST(Plan, identifying_columns_refuse_their_file) {
    for (const char* column : {"forename",
                               "Forename",
                               "FORENAME",
                               "fore_name",
                               "Fore Name",
                               "First Name",
                               "surname",
                               "Last-Name",
                               "Client Name",
                               "nhs_number",
                               "NHS Number",
                               "NHSNo",
                               "CHI Number",
                               "dob",
                               "D.O.B.",
                               "date_of_birth",
                               "Date of Birth",
                               "postcode",
                               "Post Code",
                               "PC",
                               "Address 1",
                               "address_line_1",
                               "Telephone",
                               "e-mail",
                               "Email Address",
                               "FINITIAL",
                               "SINITIAL",
                               "Mobile Number",
                               "National Insurance Number"}) {
        EXPECT_TRUE(identifies_a_person(column)) << column;
        EXPECT_THAT(complaint("clients.csv", {"client_id", column}),
                    AllOf(HasSubstr("clients.csv: line 1"), HasSubstr(column), HasSubstr("discard")))
            << column;
    }
    for (const char* column : {"name", "client_id", "keyworker_id", "year_of_birth", "service", "team",
                               "area", "birthmark", "post", "", "pcr"})
        EXPECT_FALSE(identifies_a_person(column)) << column;
}

TEST(Plan, a_message_shows_no_cell_of_a_file_that_lacks_its_header) {
    const std::string message = complaint("clients.csv", {"C0001", "Jane", "sex", "SW1A 1AA"});
    EXPECT_THAT(message, AllOf(HasSubstr("4 columns"), HasSubstr("sex"), Not(HasSubstr("C0001")),
                               Not(HasSubstr("Jane")), Not(HasSubstr("SW1A"))));
    EXPECT_THAT(complaint("clients.csv", {"C0001", "Jane"}), HasSubstr("first line"));
}

TEST(Plan, a_million_columns_are_no_export) {
    EXPECT_THAT(complaint("clients.csv", Header(1'000'000)), HasSubstr("1000000 columns"));
    EXPECT_THAT(complaint("clients.csv", Header(65'535)), HasSubstr("65535 columns"));
    Header widest(65'534);
    widest[0] = "client_id";
    EXPECT_EQ(complaint("clients.csv", widest), "no complaint");
}

FileMapping mapped_clients() {
    return parse_mapping(
               "[file.\"a.csv\"]\ndiscard = [\"Name\"]\n[[file.\"a.csv\".table]]\ntable = \"clients\"\n"
               "when = \"Kind\"\nfields.client_id = { columns = [\"Agency\", \"Ref\"] }\n"
               "fields.year_of_birth = { column = \"DOB\", part = \"year\" }\nfields.sex = { constant = "
               "\"female\" }\n",
               "own.toml")
        .files[0];
}

TEST(Plan, a_mapping_says_where_fields_are) {
    const FileMapping mapping = mapped_clients();
    const FilePlan plan =
        plan_file(schema(), "a.csv", {"DOB", "Name", "Ref", "Kind", "Agency", "More"}, &mapping);
    ASSERT_EQ(plan.tables.size(), 1u);
    EXPECT_EQ(plan.discarded_columns, 1u);
    EXPECT_THAT(plan.unknown_columns, ElementsAre("More"));
    const TablePlan& table = plan.tables[0];
    EXPECT_EQ(table.when_column, 3);
    EXPECT_THAT(table.client.columns, ElementsAre(4, 2));
    EXPECT_EQ(table.client.column, 4);
    ASSERT_EQ(table.fields.size(), 2u);
    EXPECT_EQ(table.fields[0].column, 0);
    EXPECT_EQ(table.fields[1].column, no_column);
}

TEST(Plan, a_mapped_column_that_is_missing_is_named) {
    const FileMapping mapping = mapped_clients();
    for (const char* missing : {"DOB", "Ref", "Kind", "Agency"}) {
        Header header = {"DOB", "Ref", "Kind", "Agency", "Secret"};
        std::erase(header, missing);
        EXPECT_THAT(complaint("a.csv", header, &mapping),
                    AllOf(HasSubstr("'" + std::string(missing) + "'"), Not(HasSubstr("Secret"))));
    }
    EXPECT_EQ(complaint("a.csv", {"DOB", "Ref", "Kind", "Agency"}, &mapping), "no complaint")
        << "what is discarded may be absent";
}

TEST(Plan, a_mapping_must_fill_what_the_contract_requires) {
    FileMapping mapping = mapped_clients();
    mapping.tables[0].fields.erase("client_id");
    EXPECT_THAT(complaint("a.csv", {"DOB", "Ref", "Kind", "Agency"}, &mapping),
                HasSubstr("'client_id', which clients requires"));
}

TEST(Plan, a_birth_date_is_allowed_only_to_give_its_year) {
    FileMapping mapping = mapped_clients();
    mapping.tables[0].fields.at("year_of_birth").part = SourcePart::whole;
    EXPECT_THAT(complaint("a.csv", {"DOB", "Ref", "Kind", "Agency"}, &mapping),
                HasSubstr("'DOB' looks like"));
    EXPECT_THAT(complaint("a.csv", {"DOB", "Ref", "Kind", "Agency", "Postcode"}, &mapping),
                HasSubstr("looks like"));
    mapping = mapped_clients();
    EXPECT_THAT(complaint("a.csv", {"DOB", "Ref", "Kind", "Agency", "Postcode"}, &mapping),
                HasSubstr("'Postcode' looks like"));
    mapping.tables[0].when_column = "DOB";
    EXPECT_THAT(complaint("a.csv", {"DOB", "Ref", "Kind", "Agency"}, &mapping), "no complaint");
}

TEST(RowLayout, cells_lie_apart_and_begin_empty) {
    for (std::size_t i = 0; i < table_count; ++i) {
        const auto kind = static_cast<TableKind>(i);
        const auto fields = schema().fields(kind);
        const RowLayout& layout = schema().layout(kind);
        std::vector<int> used(layout.size(), 0);
        for (std::size_t f = 0; f < fields.size(); ++f) {
            const std::size_t width = cell_width(fields[f].kind);
            if (width == 0) continue;
            EXPECT_GE(layout.offsets[f], sizeof(RowHead));
            EXPECT_EQ(layout.offsets[f] % width, 0u) << fields[f].name;
            for (std::size_t b = 0; b < width; ++b)
                EXPECT_EQ(used.at(layout.offsets[f] + b)++, 0) << fields[f].name;
        }
        EXPECT_EQ(layout.size() % 4, 0u);
    }
}

}  // namespace
}  // namespace optimat
