#include "http/response_head.hpp"

#include <gtest/gtest.h>

namespace optimat {
namespace {

Request accepting(const std::string& codings) {
    Request request;
    request.headers = {{"accept-encoding", codings}};
    return request;
}

Response page() {
    Response response;
    response.body = std::string(3000, 'a');
    response.compressible = true;
    return response;
}

bool is_compressed(Request request, Response response) {
    compress(request, response);
    return find_parameter(response.headers, "Content-Encoding") == "gzip";
}

TEST(ResponseHead, is_what_the_standard_asks_for) {
    Response response;
    response.headers = {{"X-Test", "1"}};
    response.body = "abc";
    EXPECT_EQ(
        response_head(response, Connection::keep_alive, 784111777),
        "HTTP/1.1 200 OK\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\nContent-Type: text/html; charset=utf-8\r\n"
        "Content-Length: 3\r\nX-Test: 1\r\nConnection: keep-alive\r\n\r\n");
    response.status = 304;
    EXPECT_EQ(response_head(response, Connection::close, 0),
              "HTTP/1.1 304 Not Modified\r\nDate: Thu, 01 Jan 1970 00:00:00 GMT\r\nX-Test: 1\r\nConnection: "
              "close\r\n\r\n");
}

TEST(ResponseHead, no_field_lets_text_out_of_its_place) {
    for (const Parameter& field : Parameters{{"X", "a\r\nY: b"},
                                             {"X", "a\nb"},
                                             {"X\r\nY", "a"},
                                             {"", "a"},
                                             {"X: a", "b"},
                                             {"X", std::string("a\0b", 3)}}) {
        Response response;
        response.headers = {field};
        EXPECT_TRUE(response_head(response, Connection::close, 0).starts_with("HTTP/1.1 500 "));
        EXPECT_EQ(response.body, "500 Internal Server Error\n");
    }
    Response typed;
    typed.content_type = "a\r\nb";
    EXPECT_TRUE(response_head(typed, Connection::close, 0).starts_with("HTTP/1.1 500 "));
}

TEST(Gzip, is_taken_by_name_or_star_with_a_weight) {
    for (const std::string yes :
         {"gzip", "br, GZIP", "gzip;q=0.5", "*", "identity;q=0, *", "deflate , gzip ; q=1.0"})
        EXPECT_TRUE(accepts_gzip(accepting(yes))) << yes;
    for (const std::string no :
         {"", "br", "gzip;q=0", "gzip; q=0.000", "*;q=0", "gzip;q=0, *", "xgzip", "gzipx"})
        EXPECT_FALSE(accepts_gzip(accepting(no))) << no;
    EXPECT_FALSE(accepts_gzip(Request{}));
}

TEST(Gzip, only_where_it_is_allowed_and_worth_it) {
    const Request request = accepting("gzip");
    EXPECT_TRUE(is_compressed(request, page()));
    EXPECT_FALSE(is_compressed(accepting("br"), page()));
    Response response = page();
    response.compressible = false;
    EXPECT_FALSE(is_compressed(request, response)) << "pages with secrets are not";
    response = page();
    response.body.resize(1024);
    EXPECT_FALSE(is_compressed(request, response));
    response = page();
    response.content_type = "image/png";
    EXPECT_FALSE(is_compressed(request, response));
    response = page();
    response.headers = {{"content-encoding", "br"}};
    EXPECT_FALSE(is_compressed(request, response));
}

TEST(Gzip, caches_are_told_that_the_answer_varies) {
    Response response = page();
    compress(accepting("br"), response);
    EXPECT_EQ(find_parameter(response.headers, "Vary"), "Accept-Encoding");
    response = page();
    response.shared_body = std::make_shared<const std::string>(5000, 's');
    compress(accepting("gzip"), response);
    EXPECT_LT(response.bytes().size(), 200u);
}

}  // namespace
}  // namespace optimat
