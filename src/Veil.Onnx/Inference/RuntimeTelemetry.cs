using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;

namespace Veil.Onnx.Inference;

/// <summary>
/// Switches off what ONNX Runtime reports about its use. Since 1.29 its official builds for Linux write events about each session (names and
/// hashes of models, the system, the program) into the user's cache and send them to their makers, unless told not to. Nothing here may leave the machine.
/// </summary>
internal static partial class RuntimeTelemetry
{
    /// <summary>The variable that the library looks at when its environment is made.</summary>
    public const string Switch = "ORT_DISABLE_TELEMETRY";

    private static readonly Lazy<bool> Off = new(TurnOff);

    /// <summary>To be called before anything else of ONNX Runtime: afterwards is too late. Any number of times, from any thread.</summary>
    /// <exception cref="InvalidOperationException">The system does not let the variable be set.</exception>
    public static void SwitchOff() => _ = Off.Value;

    private static bool TurnOff()
    {
        Environment.SetEnvironmentVariable(Switch, "1");

        // .NET keeps a copy of the environment on Unix: native code sees only what the C library was told.
        if (!OperatingSystem.IsWindows() && SetVariable(Switch, "1", 1) != 0)
        {
            throw new InvalidOperationException($"Expected to set {Switch}, but the system answered {Marshal.GetLastPInvokeErrorMessage()}.");
        }

        // The events of Windows, which heed no variable.
        OrtEnv.Instance().DisableTelemetryEvents();
        return true;
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int SetVariable(string name, string value, int overwrite);
}
