#include "running_server.hpp"

#include "base/error.hpp"

#include <stdexcept>

namespace optimat {
namespace {

class CountingSink : public BodySink {
  public:
    explicit CountingSink(ShowingApplication& application) : m_application(application) {}
    ~CountingSink() override {
        if (!m_is_finished) ++m_application.m_undone;
    }
    void take(std::string_view piece) override {
        if (piece.starts_with("refuse")) throw UsageError("The upload is not a form");
        if (piece.starts_with("break")) throw std::runtime_error("secret");
        m_sum = running_sum(m_sum, piece);
        m_application.m_taken += piece.size();
    }
    Response finish() override {
        m_is_finished = true;
        m_application.m_sum = m_sum;
        ++m_application.m_finished;
        return {.body = "taken"};
    }

  private:
    ShowingApplication& m_application;
    std::uint64_t m_sum = 0;
    bool m_is_finished = false;
};

}  // namespace

std::uint64_t running_sum(std::uint64_t sum, std::string_view bytes) {
    for (const char c : bytes)
        sum = sum * 1099511628211u + static_cast<unsigned char>(c);
    return sum;
}

ServerOptions quick_options() {
    ServerOptions options;
    options.port = 0;
    options.header_deadline = std::chrono::milliseconds(400);
    options.idle_deadline = std::chrono::milliseconds(1500);
    options.body_deadline = std::chrono::milliseconds(600);
    options.drain_deadline = std::chrono::milliseconds(2000);
    return options;
}

Admission ShowingApplication::admit(const Request& head) {
    Admission admission;
    if (head.path == "/upload") {
        admission.body_limit = std::uint64_t{1} << 30;
        admission.sink = std::make_unique<CountingSink>(*this);
    }
    if (head.path == "/small_upload") {
        admission.body_limit = 1000;
        admission.sink = std::make_unique<CountingSink>(*this);
    }
    if (head.path == "/closed") admission.refusal = plain_page(403);
    if (head.path == "/throw_admit") throw std::runtime_error("secret");
    return admission;
}

Response ShowingApplication::answer(const Request& request) {
    ++m_answered;
    Response response{.content_type = "text/plain", .route = "shown"};
    if (request.path == "/throw") throw std::runtime_error("secret");
    if (request.path == "/throw_error") throw UsageError("secret");
    if (request.path == "/slow") std::this_thread::sleep_for(std::chrono::milliseconds(400));
    if (request.path == "/healthz" && !m_is_healthy) response.status = 503;
    if (request.path == "/hello") ++m_hello;
    if (request.path == "/echo")
        response.body = request.body;
    else if (request.path == "/peer")
        response.body = request.peer + (request.secure ? " secure" : " plain");
    else if (request.path == "/headers")
        for (const Parameter& field : request.headers)
            response.body += field.name + "=" + field.value + "\n";
    else if (request.path == "/big")
        response.shared_body = std::make_shared<const std::string>(8 * 1024 * 1024, 'b');
    else if (request.path == "/text") {
        response.body = std::string(5000, 't');
        response.compressible = true;
    } else
        response.body = "hello";
    if (request.path == "/bad_header") response.headers.push_back({"X-Name", "a\r\nSet-Cookie: b"});
    return response;
}

void ShowingApplication::served(const Served& served) {
    const std::lock_guard lock(m_mutex);
    m_served.push_back(served);
}

std::vector<Served> ShowingApplication::all_served() const {
    const std::lock_guard lock(m_mutex);
    return m_served;
}

}  // namespace optimat
