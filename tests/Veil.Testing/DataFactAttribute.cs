namespace Veil.Testing;

/// <summary>A test that needs real data; it skips, saying so, where the data is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class DataFactAttribute : FactAttribute
{
    /// <summary>Names what the test reads.</summary>
    /// <param name="relative">File or folder below shared/data, or <c>../models/x.onnx</c> beside it.</param>
    public DataFactAttribute(string relative)
    {
        Needs = relative;
        if (!SharedData.Has(relative))
        {
            Skip = $"needs shared/data/{relative}, which is not here";
        }
    }

    /// <summary>What the test reads.</summary>
    public string Needs { get; }
}
