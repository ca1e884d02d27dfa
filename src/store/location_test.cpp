#include "store/location.hpp"

#include "base/error.hpp"
#include "store/store_places_for_tests.hpp"

#include <gmock/gmock.h>

namespace optimat {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(StoreLocation, IsAFileUnlessItSaysSo) {
    for (const char* const file : {"optimat.sqlite", "/srv/optimat.sqlite", "sqlite:optimat.sqlite"}) {
        const StoreLocation location = StoreLocation::parse(file);
        EXPECT_EQ(location.kind, StoreKind::sqlite);
        EXPECT_THAT(location.target, Not(HasSubstr(":")));
        EXPECT_EQ(location.name, location.target);
    }
    for (const char* const address : {"postgresql://h/d", "postgres://h/d"})
        EXPECT_EQ(StoreLocation::parse(address).kind, StoreKind::postgresql);
    EXPECT_THAT(message_of<StoreError>([] { StoreLocation::parse("mysql://u:secret@h/d"); }),
                testing::AllOf(HasSubstr("'mysql'"), Not(HasSubstr("secret"))));
}

TEST(StoreLocation, IsShownWithoutPassword) {
    EXPECT_EQ(shown_location("optimat.sqlite"), "optimat.sqlite");
    EXPECT_EQ(shown_location("postgresql://u:secret@h:5433/d?sslmode=require"), "postgresql://u@h:5433/d");
    EXPECT_EQ(shown_location("postgresql://h/d?user=u&password=secret"), "postgresql://u@h/d");
    EXPECT_EQ(StoreLocation::parse("postgresql://u:secret@h/d").target, "postgresql://u:secret@h/d");
    for (const char* const address :
         {"postgresql://u:p@secret@h/d", "postgresql://u:sec ret@h/d", "postgres://u:secret",
          "postgresql://u:secret@h:x/d", "postgresql://u:p%zzsecret@h/d", "postgresql://h/d?passwort=secret",
          "mysql://u:secret@h/d"})
        EXPECT_THAT(shown_location(address), Not(HasSubstr("secret"))) << address;
}

TEST(StoreLocation, ThatCannotBeReachedIsNamedWithoutPassword) {
    for (const char* const address :
         {"postgresql://u:secret@localhost:1/d", "postgresql://u:p@secret@localhost:1/d",
          "postgresql://u:secret@/d?host=/no/such/folder", "postgresql://u:se%zzcret@h/d",
          "postgresql://u:x@h/d?passwort=secret"}) {
        const std::string message = message_of<StoreError>([&] { Store(address, StoreAccess::create); });
        EXPECT_THAT(message,
                    testing::AllOf(HasSubstr("the store"), HasSubstr("address"), Not(HasSubstr("secret"))));
    }
}

TEST(StoreLocation, OfADatabaseThatIsNotThereSaysSo) {
    std::string address = postgresql_for_tests();
    address.replace(address.find("/postgres?"), 10, "/nothing?");
    EXPECT_THAT(message_of<StoreError>([&] { Store(address, StoreAccess::create); }),
                HasSubstr("no such database"));
}

TEST(StoreLocation, OfAnotherProgramsDatabaseIsRefusedAndKept) {
    const StorePlace place(StoreKind::postgresql);
    Database(place.location()).run("CREATE TABLE other (x INTEGER)");
    EXPECT_THAT(message_of<StoreError>([&] { Store(place.location(), StoreAccess::create); }),
                HasSubstr("another program"));
    EXPECT_EQ(Database(place.location())
                  .number("SELECT count(*) FROM pg_tables WHERE schemaname = current_schema()"),
              1);
}

TEST(StoreLocation, OfANewerOptimatIsRefused) {
    const StorePlace place(StoreKind::postgresql);
    { Store(place.location(), StoreAccess::create); }
    Database(place.location()).run("INSERT INTO migration (number, name) VALUES (1000, 'later')");
    EXPECT_THAT(message_of<StoreError>([&] { Store(place.location(), StoreAccess::create); }),
                HasSubstr("newer Optimat has written it (structure 1000"));
}

}  // namespace
}  // namespace optimat
