/* call-sentry SOCKET REQUEST FILES
 *
 * Calls one method of a sentry's control socket and gives it FILES files with the request: descriptors 3 and up, which
 * Node can't send. The answer goes to stdout, as far as one is long at most. Exit 111: the sentry could not be called.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum { FIRST_FILE = 3, MOST_FILES = 3, LONGEST_ANSWER = 65536 };

static void must(int succeeded, const char *step) {
    if (succeeded) return;
    perror(step);
    _exit(111);
}

static int connect_to(const char *path) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    must(strlen(path) < sizeof address.sun_path, "socket path too long");
    strcpy(address.sun_path, path);
    int connection = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    must(connection >= 0, "socket");
    must(connect(connection, (struct sockaddr *)&address, sizeof address) == 0, "connect");
    return connection;
}

static void send_with_files(int connection, char *request, size_t files) {
    union {
        struct cmsghdr header;
        char room[CMSG_SPACE(MOST_FILES * sizeof(int))];
    } control = {0};
    struct iovec text = {request, strlen(request)};
    struct msghdr message = {.msg_iov = &text, .msg_iovlen = 1, .msg_control = &control};
    message.msg_controllen = CMSG_SPACE(files * sizeof(int));
    control.header.cmsg_level = SOL_SOCKET;
    control.header.cmsg_type = SCM_RIGHTS;
    control.header.cmsg_len = CMSG_LEN(files * sizeof(int));
    int *descriptors = (int *)CMSG_DATA(&control.header);
    for (size_t file = 0; file < files; file++) descriptors[file] = FIRST_FILE + (int)file;
    must(sendmsg(connection, &message, MSG_NOSIGNAL) == (ssize_t)text.iov_len, "sendmsg");
    /* After its answer the sentry finds the end and hangs up. */
    must(shutdown(connection, SHUT_WR) == 0, "shutdown");
}

int main(int count, char **arguments) {
    must(count == 4, "usage");
    unsigned long files = strtoul(arguments[3], NULL, 10);
    must(files >= 1 && files <= MOST_FILES, "number of files");
    int connection = connect_to(arguments[1]);
    send_with_files(connection, arguments[2], files);

    char answer[4096];
    ssize_t length, total = 0;
    while ((length = read(connection, answer, sizeof answer)) > 0) {
        must((total += length) <= LONGEST_ANSWER, "the answer is too long");
        must(write(STDOUT_FILENO, answer, (size_t)length) == length, "write");
    }
    must(length == 0, "read");
}
