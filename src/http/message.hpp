#pragma once
// A request and a response as the application sees them: plain values, without sockets and without the
// library that speaks HTTP. What is named header, query or form here is decoded and in the order in which it
// came.

#include <chrono>
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

/// `a=1&b=%20` decoded: of a query or of a form (application/x-www-form-urlencoded), where + is a space. Text
/// that is no valid encoding is kept as it stands.
Parameters parse_parameters(std::string_view text);

/// Text as part of a URL: everything but letters, digits and -._~ is percent-encoded.
std::string url_encode(std::string_view text);

struct Request {
    Method method = Method::get;
    std::string path;  ///< decoded, begins with /
    Parameters query;
    Parameters headers;   ///< names in lower case
    std::string body;     ///< whole; empty when a BodySink took it
    std::string peer;     ///< address of the client, as a trusted proxy says when there is one
    bool secure = false;  ///< whether the client came over TLS, as a trusted proxy says

    std::optional<std::string_view> header(std::string_view lower_case_name) const;
    std::optional<std::string_view> parameter(std::string_view name) const;  ///< of the query
    std::optional<std::string_view> cookie(std::string_view name) const;
};

/// The name of a route in logs and metrics. Only a literal of the program can be one, so no part of a request
/// gets there.
class RouteName {
  public:
    constexpr RouteName() = default;
    consteval RouteName(const char* text) : m_text(text) {}
    constexpr std::string_view text() const { return m_text; }  ///< empty: no route answered
    friend constexpr bool operator==(RouteName, RouteName) = default;

  private:
    std::string_view m_text;
};

struct Response {
    int status = 200;
    std::string content_type = "text/html; charset=utf-8";
    Parameters headers{};  ///< beside Content-Type, Content-Length, Date and Connection
    std::string body{};
    std::shared_ptr<const std::string> shared_body{};  ///< instead of body: bytes that many responses share
    /// Whether the body may be sent compressed. Only true where no secret (such as a form's token) stands
    /// beside text that a stranger chose: the size of a compressed page tells about both.
    bool compressible = false;
    RouteName route{};  ///< that answered, for logs and metrics; never sent

    /// The bytes of the body, wherever they are.
    std::string_view bytes() const {
        return shared_body ? std::string_view(*shared_body) : std::string_view(body);
    }
};

/// One answered request, for logs and metrics. Never the target: the application names the route.
struct Served {
    int status = 0;
    std::uint64_t bytes = 0;            ///< of the answer's body as sent
    std::chrono::microseconds took{0};  ///< from the first byte of the request to the last of the answer
    std::optional<Method> method{};     ///< none: what came was refused before it was a request
    RouteName route{};                  ///< Response::route
};

/// A page of a few words without markup: what the server itself says where the application has no say.
Response plain_page(int status);

/// Such as `Not Found`.
std::string_view reason_of(int status);

/// Takes the body of one request, piece by piece, as it comes in: an upload. Destroyed without finish() when
/// the connection breaks or the body is too long: what it took must be undone then.
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
    std::optional<Response> refusal;  ///< answered at once; the body is not read and the connection closes
};

/// What a server serves. Called from several threads at once.
class Application {
  public:
    virtual ~Application() = default;
    /// Of a request with a body, before it is read: Request::body is still empty.
    virtual Admission admit(const Request& head) = 0;
    /// Must not throw; should it all the same, a plain page of status 500 is answered. HEAD is answered as
    /// GET is: the server leaves the body out.
    virtual Response answer(const Request& request) = 0;
    /// The page for an Error that a BodySink threw.
    virtual Response error_page(int status, std::string_view message) {
        static_cast<void>(message);
        return plain_page(status);
    }
    /// Told of every answer that was sent, also of those that the server gave by itself; on a thread that
    /// reads and writes, so it must be quick and must not throw.
    virtual void served(const Served& served) { static_cast<void>(served); }
};

}  // namespace optimat
