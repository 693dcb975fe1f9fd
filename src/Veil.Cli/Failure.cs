using Veil.Errors;

namespace Veil.Cli;

/// <summary>How a failure that ends the command is told.</summary>
internal static class Failure
{
    public static void Write(VeilException error)
    {
        Console.Error.WriteLine($"veil: {error.Message}");
        if (error.Hint.Length > 0)
        {
            Console.Error.WriteLine($"      {error.Hint}");
        }
    }
}
