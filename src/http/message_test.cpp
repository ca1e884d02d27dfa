#include "http/message.hpp"

#include <gtest/gtest.h>
#include <random>

namespace optimat {
namespace {

TEST(Parameters, are_decoded_in_their_order) {
    const Parameters expected = {{"a", "1 2"}, {"b", "x&y=z"}, {"a", ""}, {"c", ""}, {"", "v"}};
    EXPECT_EQ(parse_parameters("a=1+2&b=x%26y%3dz&a=&c&=v&&"), expected);
    EXPECT_EQ(parse_parameters(""), Parameters{});
    EXPECT_EQ(find_parameter(expected, "a"), "1 2");
    EXPECT_EQ(find_parameter(expected, "d"), std::nullopt);
}

TEST(Parameters, no_valid_encoding_is_kept_as_it_stands) {
    EXPECT_EQ(parse_parameters("a=%&b=%4&c=%zz&d=100%"),
              (Parameters{{"a", "%"}, {"b", "%4"}, {"c", "%zz"}, {"d", "100%"}}));
}

TEST(UrlEncode, and_parsing_give_the_text_back) {
    EXPECT_EQ(url_encode("a-._~Z9"), "a-._~Z9");
    EXPECT_EQ(url_encode("a b/ü&"), "a%20b%2F%C3%BC%26");
    std::mt19937 dice(1);
    for (int round = 0; round < 200; ++round) {
        std::string text(dice() % 20, '\0');
        for (char& c : text)
            c = static_cast<char>(dice() & 0xff);
        EXPECT_EQ(parse_parameters("k=" + url_encode(text)), (Parameters{{"k", text}}));
    }
}

TEST(Cookies, are_found_by_their_whole_name) {
    Request request;
    request.headers = {{"cookie", "a=1; session=ab=c ;x"}, {"cookie", "other=\"q\"; sess=no"}};
    EXPECT_EQ(request.cookie("a"), "1");
    EXPECT_EQ(request.cookie("session"), "ab=c");
    EXPECT_EQ(request.cookie("other"), "q");
    EXPECT_EQ(request.cookie("x"), std::nullopt);
    EXPECT_EQ(request.cookie("ession"), std::nullopt);
    EXPECT_EQ(Request{}.cookie("a"), std::nullopt);
}

TEST(PlainPage, says_its_status_and_nothing_else) {
    EXPECT_EQ(plain_page(404).body, "404 Not Found\n");
    EXPECT_EQ(find_parameter(plain_page(405).headers, "Allow"), "GET, HEAD, POST");
    EXPECT_EQ(find_parameter(plain_page(404).headers, "Allow"), std::nullopt);
}

}  // namespace
}  // namespace optimat
