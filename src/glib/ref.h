#pragma once

#include <cstddef>
#include <utility>

#include <gio/gio.h>
#include <gst/gst.h>

namespace estrad::glib {

/// How a reference-counted C type is counted. The base case is GObject (elements, pads, sockets,
/// soup messages); boxed and mini-object types name their own pair below.
template <typename T>
struct RefTraits {
  static void ref(T* object) { g_object_ref(object); }
  static void unref(T* object) { g_object_unref(object); }
};

#define ESTRAD_REF_TRAITS(type, ref_function, unref_function)   \
  template <>                                                   \
  struct RefTraits<type> {                                      \
    static void ref(type* object) { ref_function(object); }     \
    static void unref(type* object) { unref_function(object); } \
  };
ESTRAD_REF_TRAITS(GstBuffer, gst_buffer_ref, gst_buffer_unref)
ESTRAD_REF_TRAITS(GstSample, gst_sample_ref, gst_sample_unref)
ESTRAD_REF_TRAITS(GstCaps, gst_caps_ref, gst_caps_unref)
ESTRAD_REF_TRAITS(GstEvent, gst_event_ref, gst_event_unref)
ESTRAD_REF_TRAITS(GstMessage, gst_message_ref, gst_message_unref)
ESTRAD_REF_TRAITS(GMainContext, g_main_context_ref, g_main_context_unref)
ESTRAD_REF_TRAITS(GMainLoop, g_main_loop_ref, g_main_loop_unref)
ESTRAD_REF_TRAITS(GSource, g_source_ref, g_source_unref)
ESTRAD_REF_TRAITS(GBytes, g_bytes_ref, g_bytes_unref)
ESTRAD_REF_TRAITS(GDateTime, g_date_time_ref, g_date_time_unref)
ESTRAD_REF_TRAITS(GTimeZone, g_time_zone_ref, g_time_zone_unref)
#undef ESTRAD_REF_TRAITS

/// One counted reference to a GLib or GStreamer object. Never built from a bare pointer without
/// saying what the C function's documentation calls the transfer: `adopt` (full), `retain` (none),
/// `sink` (floating). Copies count up, moves do not.
template <typename T>
class Ref {
 public:
  Ref() = default;
  Ref(std::nullptr_t) {}
  Ref(const Ref& other) : object_(other.object_) {
    if (object_ != nullptr) {
      RefTraits<T>::ref(object_);
    }
  }
  Ref(Ref&& other) noexcept : object_(std::exchange(other.object_, nullptr)) {}
  Ref& operator=(Ref other) noexcept {
    std::swap(object_, other.object_);
    return *this;
  }
  ~Ref() {
    if (object_ != nullptr) {
      RefTraits<T>::unref(object_);
    }
  }

  /// Takes over the caller's reference (transfer full).
  [[nodiscard]] static Ref adopt(T* object) {
    Ref ref;
    ref.object_ = object;
    return ref;
  }
  /// Adds a reference of its own (transfer none).
  [[nodiscard]] static Ref retain(T* object) {
    if (object != nullptr) {
      RefTraits<T>::ref(object);
    }
    return adopt(object);
  }
  /// Takes ownership of a floating reference.
  [[nodiscard]] static Ref sink(T* object) {
    if (object != nullptr) {
      g_object_ref_sink(object);
    }
    return adopt(object);
  }

  [[nodiscard]] T* get() const { return object_; }
  T* operator->() const { return object_; }
  explicit operator bool() const { return object_ != nullptr; }
  /// Hands the reference to a C function that takes it over.
  [[nodiscard]] T* release() { return std::exchange(object_, nullptr); }
  void reset() { *this = Ref(); }

 private:
  T* object_ = nullptr;
};

}  // namespace estrad::glib
