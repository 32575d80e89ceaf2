// What LightGBM refers to and a single WebAssembly module does not have.
#include <cstddef>
#include <cstdlib>
#include <new>

// The tag that C++ exceptions are thrown with.
__asm__(
    ".globl __cpp_exception\n"
    ".tagtype __cpp_exception i32\n"
    "__cpp_exception:\n");

// There is one thread, and a module is dropped whole: nothing has to be destroyed at its end.
extern "C" int __cxa_thread_atexit(void (*)(void*), void*, void*) { return 0; }

// The compiler's own operator new was built without exceptions and would stop the module where memory runs out.
void* operator new(std::size_t bytes) {
  void* address = std::malloc(bytes > 0 ? bytes : 1);
  if (address == nullptr) throw std::bad_alloc();
  return address;
}
void* operator new[](std::size_t bytes) { return operator new(bytes); }
void operator delete(void* address) noexcept { std::free(address); }
void operator delete[](void* address) noexcept { std::free(address); }
void operator delete(void* address, std::size_t) noexcept { std::free(address); }
void operator delete[](void* address, std::size_t) noexcept { std::free(address); }

// Training over several machines, which no parameter can switch on here.
namespace LightGBM {
class Linkers {
 public:
  ~Linkers();
  void Recv(int rank, char* data, int length) const;
  void Send(int rank, char* data, int length) const;
  void SendRecv(int to, char* sent, int sent_length, int from, char* received, int received_length);
};
Linkers::~Linkers() {}
void Linkers::Recv(int, char*, int) const { std::abort(); }
void Linkers::Send(int, char*, int) const { std::abort(); }
void Linkers::SendRecv(int, char*, int, int, char*, int) { std::abort(); }
}  // namespace LightGBM
