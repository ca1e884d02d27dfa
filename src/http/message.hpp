#pragma once
// A request and a response as the application sees them: plain values, without sockets and without the library that
// speaks HTTP. What is named header, query or form here is decoded and in the order in which it came.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace optimat {

enum class Method : std::uint8_t { get, head, post };
std::string_view text_of(Method method);  ///< `GET`, …

struct Parameter {
    std::string name, value;
    friend bool operator==(const Parameter&, const Parameter&) = default;
};
using Parameters = std::vector<Parameter>;

/// The value of the first parameter of that name.
std::optional<std::string_view> find_parameter(const Parameters& parameters, std::string_view name);

/// `a=1&b=%20` decoded: of a query or of a form (application/x-www-form-urlencoded), where + is a space. Text that is
/// no valid encoding is kept as it stands.
Parameters parse_parameters(std::string_view text);

/// Text as part of a URL: everything but letters, digits and -._~ is percent-encoded.
std::string url_encode(std::string_view text);

struct Request {
    Method method = Method::get;
    std::string path;    ///< decoded, begins with /
    Parameters query;
    Parameters headers;  ///< names in lower case
    std::string body;    ///< whole; empty when a BodySink took it
    std::string peer;    ///< address of the client, as a trusted proxy says when there is one
    bool secure = false; ///< whether the client came over TLS, as a trusted proxy says

    std::optional<std::string_view> header(std::string_view lower_case_name) const;
    std::optional<std::string_view> parameter(std::string_view name) const;  ///< of the query
    std::optional<std::string_view> cookie(std::string_view name) const;
};

struct Response {
    int status = 200;
    std::string content_type = "text/html; charset=utf-8";
    Parameters headers;      ///< beside Content-Type, Content-Length, Date and Connection
    std::string body;
    std::shared_ptr<const std::string> shared_body;  ///< instead of body: bytes that many responses share
};

/// Takes the body of one request, piece by piece, as it comes in: an upload. Destroyed without finish() when the
/// connection breaks or the body is too long: what it took must be undone then.
class BodySink {
  public:
    virtual ~BodySink() = default;
    /// May throw an Error: the request ends with its page.
    virtual void take(std::string_view piece) = 0;
    /// The whole body has come.
    virtual Response finish() = 0;
};

/// What an application decides once the head of a request with a body has come.
struct Admission {
    std::uint64_t body_limit = 64 * 1024;  ///< in bytes; a longer body is answered 413
    std::unique_ptr<BodySink> sink;        ///< takes the body; without one the body is collected for answer()
    std::optional<Response> refusal;       ///< answered at once; the body is not read and the connection closes
};

/// What a server serves. Called from several threads at once.
class Application {
  public:
    virtual ~Application() = default;
    /// Of a request with a body, before it is read: Request::body is still empty.
    virtual Admission admit(const Request& head) = 0;
    /// Never throws.
    virtual Response answer(const Request& request) = 0;
};

}  // namespace optimat
