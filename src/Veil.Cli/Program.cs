using System.CommandLine;
using Veil.Cli;
using Veil.Cli.Faces;
using Veil.Cli.Commands;
using Veil.Cli.Options;
using Veil.Errors;
using Veil.Pipeline.Isolation.Sandbox;

SelfRestriction.Begin();
var root = new RootCommand("Veil anonymizes people in pictures, on your own machine.")
{
    AnonymizeCommand.Create(),
    DetectCommand.Create(),
    ApplyCommand.Create(),
    PeopleCommand.Create(),
    InspectCommand.Create(),
    VerifyCommand.Create(),
    MethodsCommand.Create(),
    PresetsCommand.Create(),
    DetectorsCommand.Create(),
    ModelsCommand.Create(),
    EvaluateCommand.Create(),
    DatasetCommand.Create(),
    StudioCommand.Create(),
    LiveCommand.Create(),
    BenchCommand.Create(),
    ServeCommand.Create(),
    DoctorCommand.Create(),
};

Catalogues.BankOpening = ConsoleBank.Open;
try
{
    var parsed = OptionsFile.Expand(root, VerifyOutputOption.Complete(args));
    if (parsed.Errors.Count > 0)
    {
        foreach (var error in parsed.Errors)
        {
            Console.Error.WriteLine("veil: " + error.Message);
        }

        Console.Error.WriteLine($"Try '{(parsed.CommandResult.Command is RootCommand ? "veil" : "veil " + parsed.CommandResult.Command.Name)} --help'.");
        return ExitCode.Usage;
    }

    // After Ctrl-C, encoders of live pictures get their time to end a recording.
    return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeSpan.FromSeconds(30) });
}
catch (VeilException error)
{
    Failure.Write(error);
    return ExitCode.For(error.Code);
}
catch (OperationCanceledException)
{
    Console.Error.WriteLine("veil: interrupted; nothing half-done was left behind.");
    return ExitCode.Interrupted;
}
