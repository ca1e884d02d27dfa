#include "snapshot/about.hpp"

#include "base/error.hpp"
#include "snapshot/extracts_for_tests.hpp"

namespace optimat {
namespace {

About full_about() {
    About about{"An organisation", Day{16000}, Day{17000}, {}, {"one", "two"}, {"toolkit", "1", "abc"}};
    about.services.push_back({"S1", "One", "North", "Town", ServiceKind::prison, Day{1}, OptionalDay{},
                              Day{5}, "S2", "small", true});
    about.services.push_back({"S2", "S2", "", "", ServiceKind::not_recorded, {}, {}, {}, "", "", false});
    return about;
}

TEST(About, ComesBackAsItWas) { EXPECT_EQ(decode_about(encode_about(full_about())), full_about()); }

TEST(About, TakesAllOfAnExtractThatBelongsToNoClient) {
    const ReadExtract read = read_for_test(test_data("adversarial"));
    const About about = decode_about(encode_about(About::of(read.extract, Definitions().policy())));
    EXPECT_EQ(about.organisation, read.extract.organisation);
    EXPECT_EQ(about.services, read.extract.services);
    EXPECT_EQ(about.inventory_items, read.extract.inventory_items);
    EXPECT_EQ(about.policy.hash, Definitions().policy().hash);
    EXPECT_EQ(about.covers_to, read.extract.covers_to);
}

TEST(About, DamageIsNoticed) {
    const std::string blob = encode_about(full_about());
    for (std::size_t at = 0; at < blob.size(); ++at) {
        std::string damaged = blob;
        damaged[at] = static_cast<char>(damaged[at] ^ 0x10);
        EXPECT_THROW(decode_about(damaged), StoreError) << at;
    }
}

TEST(About, RefusesServicesOutOfOrderAndPeriodsThatEndBeforeTheyBegin) {
    About about = full_about();
    std::swap(about.services[0], about.services[1]);
    EXPECT_THROW(decode_about(encode_about(about)), StoreError);
    about = full_about();
    about.covers_to = about.covers_from - 1;
    EXPECT_THROW(decode_about(encode_about(about)), StoreError);
}

}  // namespace
}  // namespace optimat
