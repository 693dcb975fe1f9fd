using System.Runtime.InteropServices;
using Veil.Cli.Output;
using Veil.Evaluation.Runs;
using Veil.Onnx.Generation;

namespace Veil.Cli.Faces;

/// <summary>Opens banks of generated faces with progress on standard error; Ctrl-C stops it, and what was made stays.</summary>
internal static class ConsoleBank
{
    /// <summary>As <see cref="Engine.Faces.BankOpening"/>.</summary>
    public static FaceBank Open(Func<IProgress<FaceBankProgress>?, CancellationToken, FaceBank> open)
    {
        using var stop = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var line = new WorkLine();
        var bank = open(new Line(line), stop.Token);
        if (bank.Remark is { } remark)
        {
            Console.Error.WriteLine("veil: " + remark);
        }

        return bank;

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.Cancel();
        }
    }

    private sealed class Line(WorkLine line) : IProgress<FaceBankProgress>
    {
        public void Report(FaceBankProgress value) =>
            line.Report(new WorkProgress("making the bank of generated faces, once on this machine", value.Done, value.Total, value.Left));
    }
}
