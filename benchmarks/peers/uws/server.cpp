// SPDX-License-Identifier: Apache-2.0
// A server on uWebSockets that answers the frames of Socket.IO by hand, and on /raw echoes. What is published leaves at the end
// of the turn of the loop: for each room one prepared batch.
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <unistd.h>
#include <unordered_map>
#include <vector>

#include "uWS.h"

using Client = uWS::WebSocket<uWS::SERVER>;

static const char OPEN[] =
    "0{\"sid\":\"s\",\"upgrades\":[],\"pingInterval\":25000,\"pingTimeout\":20000,\"maxPayload\":1000000}";
static const char CONNECTED[] = "40{\"sid\":\"s\"}";
static const std::string ECHO = "[\"echo\",";
static const std::string JOIN = "[\"join\",\"";
static const std::string PUBLISH = "[\"pub\",\"";
static const std::string MESSAGE = "42[\"msg\",";

struct Room;

struct Membership {
    Room *room;
    size_t index;
};

struct User {
    bool raw;
    std::vector<Membership> joined;
};

struct Room {
    std::vector<Client *> members;
    std::vector<std::string> waiting;
};

static std::unordered_map<std::string, Room> rooms;
static std::vector<Room *> published;

static User *userOf(Client *client) {
    return static_cast<User *>(client->getUserData());
}

static void join(Client *client, const std::string &name) {
    Room &room = rooms[name];
    userOf(client)->joined.push_back({&room, room.members.size()});
    room.members.push_back(client);
}

/** The last member takes the place of the one that goes. */
static void leave(const Membership &gone) {
    Client *last = gone.room->members.back();
    for (Membership &membership : userOf(last)->joined) {
        if (membership.room == gone.room) {
            membership.index = gone.index;
        }
    }
    gone.room->members[gone.index] = last;
    gone.room->members.pop_back();
}

static void publish(const std::string &name, const char *data, size_t length) {
    auto room = rooms.find(name);
    if (room == rooms.end()) {
        return;
    }
    if (room->second.waiting.empty()) {
        published.push_back(&room->second);
    }
    std::string message = MESSAGE;
    message.append(data, length);
    room->second.waiting.push_back(std::move(message));
}

/** What was published in this turn of the loop leaves, with one write for each member of a room. */
static void endOfTurn(void *) {
    std::vector<int> none;
    for (Room *room : published) {
        Client::PreparedMessage *batch = Client::prepareMessageBatch(room->waiting, none, uWS::OpCode::TEXT, false);
        for (Client *member : room->members) {
            member->sendPrepared(batch);
        }
        Client::finalizeMessage(batch);
        room->waiting.clear();
    }
    published.clear();
}

static bool startsWith(const char *text, size_t length, const std::string &begin) {
    return length >= begin.size() && !memcmp(text, begin.data(), begin.size());
}

/** What is between the type and the payload is the id of the acknowledgement that is asked for. */
static void onEvent(Client *client, const char *text, size_t length) {
    const char *end = text + length;
    const char *payload = static_cast<const char *>(memchr(text, '[', length));
    if (!payload) {
        return;
    }
    std::string answer = "43";
    answer.append(text + 2, payload - text - 2);
    size_t rest = end - payload;
    if (startsWith(payload, rest, ECHO)) {
        answer.push_back('[');
        answer.append(payload + ECHO.size(), end);
        client->send(answer.data(), answer.size(), uWS::OpCode::TEXT);
    } else if (startsWith(payload, rest, PUBLISH)) {
        const char *room = payload + PUBLISH.size();
        const char *close = static_cast<const char *>(memchr(room, '"', end - room));
        publish(std::string(room, close), close + 2, end - close - 2);
    } else if (startsWith(payload, rest, JOIN)) {
        const char *room = payload + JOIN.size();
        join(client, std::string(room, static_cast<const char *>(memchr(room, '"', end - room))));
        if (answer.size() > 2) {
            answer += "[]";
            client->send(answer.data(), answer.size(), uWS::OpCode::TEXT);
        }
    }
}

static void onMessage(Client *client, char *text, size_t length, uWS::OpCode type) {
    if (userOf(client)->raw) {
        client->send(text, length, type);
    } else if (length > 2 && text[0] == '4' && text[1] == '2') {
        onEvent(client, text, length);
    } else if (length >= 2 && text[0] == '4' && text[1] == '0') {
        client->send(CONNECTED);
    }
}

int main(int count, char **arguments) {
    int port = 0;
    for (int i = 1; i + 1 < count; i++) {
        if (!strcmp(arguments[i], "--port")) {
            port = atoi(arguments[i + 1]);
        }
    }
    signal(SIGTERM, [](int) { _exit(0); });

    uWS::Hub hub(0, false, 1000000);
    hub.onConnection([](Client *client, uWS::HttpRequest request) {
        uWS::Header url = request.getUrl();
        bool raw = url.valueLength == 4 && !memcmp(url.value, "/raw", 4);
        client->setUserData(new User{raw, {}});
        if (!raw) {
            client->send(OPEN);
        }
    });
    hub.onMessage(onMessage);
    hub.onDisconnection([](Client *client, int, char *, size_t) {
        for (const Membership &membership : userOf(client)->joined) {
            leave(membership);
        }
        delete userOf(client);
    });
    hub.getLoop()->postCb = endOfTurn;
    hub.getLoop()->postCbData = nullptr;
    if (!hub.listen("127.0.0.1", port)) {
        fprintf(stderr, "cannot listen on port %d\n", port);
        return 1;
    }
    printf("ready %d %d\n", port, getpid());
    fflush(stdout);
    hub.run();
    return 0;
}
