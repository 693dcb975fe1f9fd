using System.Runtime.InteropServices;
using Veil.Detection;
using Veil.Onnx.Faces;
using Veil.Onnx.Inference;
using Veil.Onnx.Models;

namespace Veil.Onnx.Tests.Inference;

public partial class RuntimeTelemetryTests
{
    [Fact]
    public void The_library_itself_is_told_to_report_nothing_once_a_network_is_loaded()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var detectors = new OnnxDetectors(new ModelStore([Path.Combine(AppContext.BaseDirectory, "models")], "unused"));
        using var detector = detectors.All.Single(detector => detector.Id == "retinaface").Create(new DetectorOptions());
        Assert.Equal("1", Marshal.PtrToStringUTF8(GetVariable(RuntimeTelemetry.Switch)));
    }

    [LibraryImport("libc", EntryPoint = "getenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint GetVariable(string name);
}
