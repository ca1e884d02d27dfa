#pragma once
// What a server counts for those who watch over it, as Prometheus reads it. Labels are names of routes,
// methods and classes of status: never a target, a person or a service.

#include "http/message.hpp"

namespace optimat {

enum class ImportOutcome : std::uint8_t { done, refused, failed };
std::string_view text_of(ImportOutcome outcome);

/// Each function may be called from any thread.
class Metrics {
  public:
    Metrics();
    ~Metrics();
    /// optimat_requests_total and optimat_request_seconds. Call it from Application::served.
    void count(const Served& served);
    void import_ended(ImportOutcome outcome);  ///< optimat_imports_total
    void sign_in_failed();                     ///< optimat_sign_in_failures_total
    void set_connections(std::size_t open);    ///< optimat_connections

    /// Counts a request as under way (optimat_requests_in_flight) as long as it lives.
    class UnderWay {
      public:
        explicit UnderWay(Metrics& metrics);
        ~UnderWay();
        UnderWay(const UnderWay&) = delete;
        UnderWay& operator=(const UnderWay&) = delete;

      private:
        Metrics& m_metrics;
    };

    /// Everything in the text format of Prometheus, version 0.0.4.
    std::string exposition() const;

  private:
    struct Families;
    std::unique_ptr<Families> m_families;
};

}  // namespace optimat
