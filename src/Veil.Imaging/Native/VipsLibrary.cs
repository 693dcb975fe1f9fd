using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Veil.Errors;

namespace Veil.Imaging.Native;

/// <summary>
/// Loads and starts libvips once, on first use. Everything that calls it runs through <see cref="Run{T}"/>.
/// Thread-safe.
/// </summary>
internal static unsafe class VipsLibrary
{
    private const int Major = 8;
    private const int LeastMinor = 15;

    // Searched in this order; the first is the file name that the npm package carries.
    private static readonly string[] FileNames = ["libvips-cpp.so.8.18.7", "libvips-cpp.so.42", "libvips-cpp.8.18.7.dylib", "libvips-42.dll"];
    private static readonly Lazy<string> Started = new(Start);

    // The error buffer is one for the whole process. Work runs side by side as a reader; after a failure it is done once
    // more alone, as the writer, so that the message read is certainly its own.
    private static readonly ReaderWriterLockSlim Gate = new();
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    /// <summary>The version in use, e.g. <c>8.18.7</c>.</summary>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.MissingNative"/>.</exception>
    public static string Version => Started.Value;

    /// <summary>Bytes that libvips holds for pixels at this moment, for finding leaks.</summary>
    public static long TrackedBytes => Started.Value.Length > 0 ? (long)NativeMethods.vips_tracked_get_mem() : 0;

    /// <summary>Calls libvips. The work may be done twice, so it must not consume anything before it succeeds.</summary>
    /// <exception cref="VipsFailure">It failed; the message is libvips' own.</exception>
    public static T Run<T>(Func<T> work)
    {
        _ = Started.Value;
        Gate.EnterReadLock();
        try
        {
            return work();
        }
        catch (VipsFailure)
        {
            // Falls through to the second, exclusive attempt below, which reports.
        }
        finally
        {
            Gate.ExitReadLock();
        }

        // A codec that never returns stays a reader for ever. Whoever fails after it goes on without being alone: its
        // message may then be mixed with another's.
        var alone = Gate.TryEnterWriteLock(LongestWait);
        try
        {
            NativeMethods.vips_error_clear();
            return work();
        }
        finally
        {
            NativeMethods.vips_error_clear();
            if (alone)
            {
                Gate.ExitWriteLock();
            }
        }
    }

    /// <summary>What libvips last complained about, on one line.</summary>
    public static VipsFailure TakeFailure()
    {
        var copy = NativeMethods.vips_error_buffer_copy();
        var text = Marshal.PtrToStringUTF8(copy) ?? "";
        NativeMethods.g_free(copy);
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct();
        var message = string.Join("; ", lines);
        return new VipsFailure(message.Length > 0 ? message : "its data is damaged");
    }

    private static string Start()
    {
        NativeLibrary.SetDllImportResolver(typeof(VipsLibrary).Assembly, Resolve);
        try
        {
            return Initialise();
        }
        catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException or BadImageFormatException)
        {
            throw new VeilException(
                VeilErrorCode.MissingNative,
                $"Expected libvips ({FileNames[0]}) in {AppContext.BaseDirectory}, but it is missing or cannot be loaded.",
                "run ./veil doctor",
                exception);
        }
    }

    private static string Initialise()
    {
        var (major, minor, patch) = (NativeMethods.vips_version(0), NativeMethods.vips_version(1), NativeMethods.vips_version(2));
        var version = string.Create(CultureInfo.InvariantCulture, $"{major}.{minor}.{patch}");
        if (major != Major || minor < LeastMinor)
        {
            throw new VeilException(VeilErrorCode.MissingNative, $"Expected libvips {Major}.{LeastMinor} or later, but received {version}.", "run ./veil doctor");
        }

        NativeMethods.g_log_set_default_handler(&Silence, 0);
        if (NativeMethods.vips_init("veil") != 0)
        {
            throw new VeilException(VeilErrorCode.MissingNative, "libvips does not start: " + TakeFailure().Message, "run ./veil doctor");
        }

        NativeMethods.vips_block_untrusted_set(1);

        // For the emoji that come with Veil, which are the only vector files ever handed to it.
        NativeMethods.vips_operation_block_set("VipsForeignLoadSvgBuffer", 0);
        NativeMethods.vips_cache_set_max(0);
        NativeMethods.vips_cache_set_max_mem(0);
        NativeMethods.vips_cache_set_max_files(0);
        NativeMethods.vips_concurrency_set(1);
        return version;
    }

    // Warnings of the codecs would be written to standard error; what matters arrives as a failure.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Silence(nint domain, int level, nint message, nint data)
    {
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? searchPath)
    {
        if (name != NativeMethods.Library)
        {
            return 0;
        }

        foreach (var file in FileNames)
        {
            // Beside the program, or where the host found it in a package.
            if (NativeLibrary.TryLoad(Path.Combine(AppContext.BaseDirectory, file), out var handle) || NativeLibrary.TryLoad(file, assembly, searchPath, out handle))
            {
                return handle;
            }
        }

        return 0;
    }
}
