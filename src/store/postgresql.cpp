#include "base/error.hpp"
#include "store/connection.hpp"
#include "store/postgresql_text.hpp"

#include <array>
#include <cstring>
#include <fmt/format.h>
#include <libpq-fe.h>
#include <optional>
#include <poll.h>
#include <vector>

namespace optimat {

namespace {

// As long as a SQLite store waits.
constexpr const char* session_settings = "SET client_min_messages = warning; SET lock_timeout = '120s'; "
                                         "SET standard_conforming_strings = on; SET bytea_output = 'hex'";
constexpr int binary = 1, as_text = 0;

struct Close {
    void operator()(PGconn* handle) const { PQfinish(handle); }
};
struct Clear {
    void operator()(PGresult* result) const { PQclear(result); }
};
using Result = std::unique_ptr<PGresult, Clear>;

class PostgresqlConnection final : public Connection {
  public:
    explicit PostgresqlConnection(const StoreLocation& location) : m_name(location.name) {
        // What stands before dbname gives way to what the address says.
        const std::array<const char*, 5> keywords = {"connect_timeout", "fallback_application_name", "dbname",
                                                     "client_encoding", nullptr};
        const std::array<const char*, 5> values = {"10", "optimat", location.target.c_str(), "UTF8", nullptr};
        m_handle.reset(PQconnectdbParams(keywords.data(), values.data(), 1));
        if (PQstatus(m_handle.get()) != CONNECTION_OK)
            throw_error(connection_advice(PQerrorMessage(m_handle.get())));
        PQsetNoticeProcessor(
            m_handle.get(), [](void*, const char*) {}, nullptr);
        run(session_settings);
    }

    void run(const std::string& sql) override {
        const Result result = checked(PQexec(m_handle.get(), sql.c_str()));
        // A transaction in which something has failed is rolled back by COMMIT, without an error.
        if (sql == "COMMIT" && std::strcmp(PQcmdStatus(result.get()), "COMMIT") != 0)
            throw_error("a statement has failed before; nothing was changed");
    }
    std::unique_ptr<PreparedStatement> prepare(std::string_view sql) override;
    bool in_transaction() const override {
        const PGTransactionStatusType status = PQtransactionStatus(m_handle.get());
        return status == PQTRANS_INTRANS || status == PQTRANS_INERROR || status == PQTRANS_ACTIVE;
    }
    bool is_broken() override {
        // A server that ends the connection says so first, and then closes.
        for (int piece = 0; piece < 3 && has_come(); ++piece)
            if (PQconsumeInput(m_handle.get()) == 0) return true;
        return PQstatus(m_handle.get()) != CONNECTION_OK;
    }

    /// The result, unless it tells of a failure.
    Result checked(PGresult* given) const {
        Result result(given);
        const ExecStatusType status = PQresultStatus(given);
        if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_EMPTY_QUERY)
            return result;
        const auto field = [&](int code) {
            const char* const text = given == nullptr ? nullptr : PQresultErrorField(given, code);
            return std::string_view(text == nullptr ? "" : text);
        };
        throw_error(statement_advice(field(PG_DIAG_SQLSTATE), field(PG_DIAG_MESSAGE_PRIMARY)));
    }
    PGconn* handle() const { return m_handle.get(); }

  private:
    /// Whether the server has sent something that was not read yet, or has closed.
    bool has_come() const {
        pollfd socket{PQsocket(m_handle.get()), POLLIN, 0};
        return ::poll(&socket, 1, 0) > 0;
    }
    [[noreturn]] void throw_error(const std::string& advice) const {
        throw StoreError(fmt::format("the store {}: {}", m_name, advice));
    }

    std::string m_name;
    std::unique_ptr<PGconn, Close> m_handle;
    std::uint64_t m_prepared = 0;  ///< statements so far, which are named by their number
};

/// Integers go out as text, whatever their width in the database; all else goes and comes as its bytes.
class PostgresqlStatement final : public PreparedStatement {
  public:
    PostgresqlStatement(PostgresqlConnection& connection, std::string name, int values)
        : m_connection(connection), m_name(std::move(name)), m_values(static_cast<std::size_t>(values)) {}

    void bind_integer(int place, std::int64_t value) override {
        Value& bound = value_at(place);
        bound.kept = std::to_string(value);
        bound.view = bound.kept;
        bound.format = as_text;
    }
    void bind_text(int place, std::string_view value) override {
        Value& bound = value_at(place);
        bound.kept = value;
        bound.view = bound.kept;
        bound.format = binary;
    }
    void bind_bytes(int place, std::string_view value) override {
        Value& bound = value_at(place);
        bound.view = value;
        bound.format = binary;
    }
    void bind_null(int place) override { value_at(place).view.reset(); }

    bool next() override {
        if (!m_result) execute();
        return ++m_row < PQntuples(m_result.get());
    }
    std::int64_t integer(int column) const override {
        std::int64_t number = 0;
        const std::string_view given = bytes(column);
        // Big-endian; the first byte has the sign.
        if (!given.empty()) number = static_cast<signed char>(given.front());
        for (std::size_t i = 1; i < given.size(); ++i)
            number = number * 256 + static_cast<unsigned char>(given[i]);
        return number;
    }
    std::string_view text(int column) const override { return bytes(column); }
    std::string_view bytes(int column) const override {
        return {PQgetvalue(m_result.get(), m_row, column),
                static_cast<std::size_t>(PQgetlength(m_result.get(), m_row, column))};
    }
    bool is_null(int column) const override { return PQgetisnull(m_result.get(), m_row, column) == 1; }
    void reset() override {
        m_result.reset();
        m_row = -1;
        for (Value& value : m_values)
            value.view.reset();
    }

  private:
    struct Value {
        std::string kept;
        std::optional<std::string_view> view;  ///< none: NULL
        int format = as_text;
    };
    Value& value_at(int place) { return m_values.at(static_cast<std::size_t>(place - 1)); }

    void execute() {
        std::vector<const char*> pointers;
        std::vector<int> lengths, formats;
        for (const Value& value : m_values) {
            pointers.push_back(!value.view ? nullptr : value.view->empty() ? "" : value.view->data());
            lengths.push_back(value.view ? static_cast<int>(value.view->size()) : 0);
            formats.push_back(value.format);
        }
        m_result = m_connection.checked(PQexecPrepared(m_connection.handle(), m_name.c_str(),
                                                       static_cast<int>(m_values.size()), pointers.data(),
                                                       lengths.data(), formats.data(), binary));
    }

    PostgresqlConnection& m_connection;
    std::string m_name;
    std::vector<Value> m_values;
    Result m_result;
    int m_row = -1;
};

std::unique_ptr<PreparedStatement> PostgresqlConnection::prepare(std::string_view sql) {
    const NumberedSql numbered = with_numbered_values(sql);
    std::string name = fmt::format("s{}", ++m_prepared);
    checked(PQprepare(m_handle.get(), name.c_str(), numbered.sql.c_str(), 0, nullptr));
    return std::make_unique<PostgresqlStatement>(*this, std::move(name), numbered.values);
}

}  // namespace

std::unique_ptr<Connection> connect_postgresql(const StoreLocation& location) {
    return std::make_unique<PostgresqlConnection>(location);
}

}  // namespace optimat
