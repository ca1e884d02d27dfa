#include "http/request_head.hpp"

#include <gtest/gtest.h>

namespace optimat {
namespace {

RawHead head_with(Parameters more, std::string target = "/", std::string method = "GET") {
    RawHead head{std::move(method), std::move(target), 11, {{"host", "a"}}};
    head.headers.insert(head.headers.end(), more.begin(), more.end());
    return head;
}

int refusal(RawHead head) {
    const auto read = read_head(std::move(head));
    return std::holds_alternative<int>(read) ? std::get<int>(read) : 0;
}

TEST(RequestHead, path_and_query_are_decoded) {
    const auto request = std::get<Request>(read_head(head_with({}, "/a%20b/%C3%BC?x=1&y=a+b")));
    EXPECT_EQ(request.path, "/a b/ü");
    EXPECT_EQ(request.query, (Parameters{{"x", "1"}, {"y", "a b"}}));
}

TEST(RequestHead, odd_targets_are_refused) {
    for (const std::string target :
         {"", "*", "a", "http://a/", "/%", "/%4", "/%zz", "/%00", "/a%0ab", "/a#b"})
        EXPECT_EQ(refusal(head_with({}, target)), 400) << target;
    EXPECT_EQ(refusal(head_with({}, "/?")), 0);
}

TEST(RequestHead, two_ways_to_read_a_length_are_refused) {
    EXPECT_EQ(refusal(head_with({{"content-length", "5"}})), 0);
    EXPECT_EQ(refusal(head_with({{"transfer-encoding", "Chunked"}})), 0);
    EXPECT_EQ(refusal(head_with({{"content-length", "5"}, {"content-length", "5"}})), 400);
    EXPECT_EQ(refusal(head_with({{"content-length", "5"}, {"transfer-encoding", "chunked"}})), 400);
    EXPECT_EQ(refusal(head_with({{"transfer-encoding", "chunked"}, {"transfer-encoding", "chunked"}})), 400);
    EXPECT_EQ(refusal(head_with({{"transfer-encoding", "gzip, chunked"}})), 501);
    for (const std::string length : {"", "+5", "-5", "5, 5", "0x5", "5 ", "9999999999999999999"})
        EXPECT_EQ(refusal(head_with({{"content-length", length}})), 400) << length;
    RawHead old = head_with({{"transfer-encoding", "chunked"}});
    old.version = 10;
    EXPECT_EQ(refusal(old), 400);
}

TEST(RequestHead, one_host) {
    EXPECT_EQ(refusal(head_with({{"host", "b"}})), 400);
    RawHead none = head_with({});
    none.headers.clear();
    EXPECT_EQ(refusal(none), 400);
    none.version = 10;
    EXPECT_EQ(refusal(none), 0);
    none.version = 20;
    EXPECT_EQ(refusal(none), 505);
}

TEST(RequestHead, methods_and_expectations) {
    for (const std::string method : {"PUT", "DELETE", "OPTIONS", "TRACE", "get", "BREW"})
        EXPECT_EQ(refusal(head_with({}, "/", method)), 405) << method;
    EXPECT_EQ(refusal(head_with({}, "/", "HEAD")), 0);
    EXPECT_EQ(refusal(head_with({{"expect", "100-Continue"}})), 0);
    EXPECT_EQ(refusal(head_with({{"expect", "a miracle"}})), 417);
    EXPECT_EQ(refusal(head_with({{"x", std::string("a\0b", 3)}})), 400);
}

TEST(RequestHead, the_nearest_proxy_has_the_last_word) {
    Request request;
    request.peer = "10.0.0.1";
    believe_proxy(request);
    EXPECT_EQ(request.peer, "10.0.0.1");
    EXPECT_FALSE(request.secure);
    request.headers = {{"x-forwarded-for", "1.1.1.1, 2.2.2.2"},
                       {"x-forwarded-for", "3.3.3.3 , 4.4.4.4 "},
                       {"x-forwarded-proto", "https"}};
    believe_proxy(request);
    EXPECT_EQ(request.peer, "4.4.4.4");
    EXPECT_TRUE(request.secure);
}

}  // namespace
}  // namespace optimat
