/* The least a CGI program can do: a fixed answer. What the smallest request is held against. */
#include <unistd.h>

int main(void) {
    static const char answer[] =
        "Status: 200 OK\nContent-Type: text/plain; charset=utf-8\n\nhello\n";
    return write(1, answer, sizeof answer - 1) < 0;
}
