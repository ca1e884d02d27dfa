#include "model/field.hpp"

#include "model/extract.hpp"

#include <bit>
#include <gtest/gtest.h>
#include <set>

namespace optimat {
namespace {

TEST(Field, names_are_unique_and_kinds_have_what_they_need) {
    const auto check = [](std::span<const Field> fields, std::string_view table) {
        std::set<std::string_view> names;
        for (const Field& field : fields) {
            EXPECT_TRUE(names.insert(field.name).second) << table << '.' << field.name;
            EXPECT_EQ(field.codes != nullptr, field.kind == FieldKind::code) << table << '.' << field.name;
            if (field.kind == FieldKind::count) {
                EXPECT_LT(field.minimum, field.maximum) << table << '.' << field.name;
            }
        }
    };
    check(service_fields(), "services");
    for (std::size_t i = 0; i < table_count; ++i)
        check(fields_of(static_cast<TableKind>(i)), table_name(static_cast<TableKind>(i)));
}

TEST(Field, every_table_of_clients_names_its_client_and_is_ordered_by_a_required_day) {
    for (std::size_t i = 0; i < table_count; ++i) {
        const auto kind = static_cast<TableKind>(i);
        int clients = 0;
        for (const Field& field : fields_of(kind))
            clients += field.kind == FieldKind::client && field.required == Required::yes;
        EXPECT_EQ(clients, 1) << table_name(kind);
        const OrderField order = order_field(kind);
        if (!order.present) continue;
        const Field& day = fields_of(kind)[order.index];
        EXPECT_EQ(day.kind, FieldKind::day) << table_name(kind);
        EXPECT_EQ(day.required, Required::yes) << table_name(kind);
    }
}

TEST(Extract, chunks_are_a_power_of_two_that_never_falls_with_clients) {
    std::size_t before = chunk_count_for(0);
    EXPECT_EQ(before, 1u);
    for (std::size_t clients = 1; clients < 100'000'000; clients = clients * 3 / 2 + 1) {
        const std::size_t chunks = chunk_count_for(clients);
        EXPECT_TRUE(std::has_single_bit(chunks) && chunks <= partition_count) << clients;
        EXPECT_GE(chunks, before) << clients;
        before = chunks;
    }
    EXPECT_EQ(before, partition_count);
}

TEST(Extract, services_are_found_by_id) {
    Extract extract;
    for (const char* id : {"A", "B", "D"}) {
        extract.services.emplace_back();
        extract.services.back().service_id = id;
    }
    EXPECT_EQ(*extract.find_service("B"), 1u);
    EXPECT_FALSE(extract.find_service("C").has_value());
    EXPECT_FALSE(extract.find_service("E").has_value());
    EXPECT_FALSE(extract.find_service("").has_value());
}

}  // namespace
}  // namespace optimat
