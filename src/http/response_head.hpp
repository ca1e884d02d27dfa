#pragma once
// A response as it is sent: its head, and its body compressed where that helps and harms nobody.

#include "http/message.hpp"

#include <ctime>

namespace optimat {

enum class Connection : std::uint8_t { keep_alive, close };

/// The status line and fields, with the empty line after them. Content-Length is that of the body, also for
/// HEAD; 1xx, 204 and 304 have none. A field that holds a line break or NUL, or has no name, makes the whole
/// response a plain page of status 500, since it would let text out of its place: the response is replaced
/// then.
std::string response_head(Response& response, Connection connection, std::time_t now);

/// Whether a response of that status has a body at all.
bool has_body(int status);

/// Whether the client takes gzip, by its Accept-Encoding: named (or *) with a weight above zero.
bool accepts_gzip(const Request& request);

/// Compresses the body (gzip, fastest level) when the response is `compressible`, is text of more than 1 KiB,
/// has no Content-Encoding yet and the client accepts it; adds Content-Encoding and Vary.
void compress(const Request& request, Response& response);

}  // namespace optimat
