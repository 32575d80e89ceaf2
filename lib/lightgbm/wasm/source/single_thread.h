// Included before every file of LightGBM. The compiler's C++ library for WASI has neither threads nor file streams;
// LightGBM names them also where it never uses them. Here is one thread: locks are always free, a thread runs at once,
// and no file can be opened.
#pragma once
#ifdef __cplusplus

#include <condition_variable>
#include <istream>
#include <mutex>
#include <ostream>
#include <shared_mutex>
#include <thread>
#include <utility>

namespace std {

struct mutex {
  void lock() {}
  bool try_lock() { return true; }
  void unlock() {}
};
struct recursive_mutex : mutex {};
struct timed_mutex : mutex {};

enum class cv_status { no_timeout, timeout };

struct condition_variable {
  template <class Lock> void wait(Lock&) {}
  template <class Lock, class Predicate> void wait(Lock&, Predicate) {}
  template <class Lock, class Time> cv_status wait_until(Lock&, Time) { return cv_status::no_timeout; }
  template <class Lock, class Duration> cv_status wait_for(Lock&, Duration) { return cv_status::no_timeout; }
  template <class Lock, class Time, class Predicate> bool wait_until(Lock&, Time, Predicate met) { return met(); }
  template <class Lock, class Duration, class Predicate> bool wait_for(Lock&, Duration, Predicate met) { return met(); }
  void notify_one() {}
  void notify_all() {}
};

struct thread {
  struct id {
    bool operator==(const id&) const { return true; }
    bool operator!=(const id&) const { return false; }
  };
  thread() {}
  template <class Function, class... Arguments> explicit thread(Function&& function, Arguments&&... arguments) {
    function(std::forward<Arguments>(arguments)...);
  }
  void join() {}
  void detach() {}
  bool joinable() { return false; }
  id get_id() const { return {}; }
  static unsigned hardware_concurrency() { return 1; }
};

namespace this_thread {
inline thread::id get_id() { return {}; }
inline void yield() {}
template <class Duration> void sleep_for(Duration) {}
}  // namespace this_thread

}  // namespace std

_LIBCPP_BEGIN_NAMESPACE_STD

template <class Char, class Traits> class basic_ifstream : public basic_istream<Char, Traits> {
 public:
  basic_ifstream() : basic_istream<Char, Traits>(nullptr) {}
  template <class Name> explicit basic_ifstream(const Name&, ios_base::openmode = ios_base::in)
      : basic_istream<Char, Traits>(nullptr) {}
  template <class Name> void open(const Name&, ios_base::openmode = ios_base::in) {}
  bool is_open() const { return false; }
  void close() {}
};

template <class Char, class Traits> class basic_ofstream : public basic_ostream<Char, Traits> {
 public:
  basic_ofstream() : basic_ostream<Char, Traits>(nullptr) {}
  template <class Name> explicit basic_ofstream(const Name&, ios_base::openmode = ios_base::out)
      : basic_ostream<Char, Traits>(nullptr) {}
  template <class Name> void open(const Name&, ios_base::openmode = ios_base::out) {}
  bool is_open() const { return false; }
  void close() {}
};

_LIBCPP_END_NAMESPACE_STD

#endif
