#include <cstdlib>
#include <iostream>

#include "agents/http_server.h"

// agent_server [PORT]: without a port takes a free one and says which.
int main(int argc, char** argv) {
  agents::HttpServer server;
  const int port = server.bind(argc > 1 ? std::atoi(argv[1]) : 0);
  if (port < 0) {
    std::cerr << "agent_server: cannot listen on this port\n";
    return 1;
  }
  std::cout << "listening on 127.0.0.1:" << port << std::endl;
  server.listen();
}
