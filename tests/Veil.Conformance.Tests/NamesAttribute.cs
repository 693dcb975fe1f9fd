using System.Reflection;
using Xunit.Sdk;

namespace Veil.Conformance.Tests;

/// <summary>The names among a list that can run here. A theory has a <see cref="MissingAttribute"/> of the same list beside it.</summary>
/// <param name="list">A property of <see cref="Methods"/>.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NamesAttribute(string list) : DataAttribute
{
    public override IEnumerable<object[]> GetData(MethodInfo testMethod) =>
        All(list).Where(name => Methods.WhyNot(name) is null).Select(name => new object[] { name });

    internal static IEnumerable<string> All(string list) => (IEnumerable<string>)typeof(Methods).GetProperty(list)!.GetValue(null)!;
}

/// <summary>The names among a list whose engine is not here: they skip, saying why.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class MissingAttribute : DataAttribute
{
    private readonly string _list;

    /// <param name="list">A property of <see cref="Methods"/>.</param>
    public MissingAttribute(string list)
    {
        _list = list;
        var reasons = NamesAttribute.All(list).Select(Methods.WhyNot).OfType<string>().ToList();
        Skip = reasons.Count > 0 ? string.Join(" ", reasons) : null;
    }

    public override IEnumerable<object[]> GetData(MethodInfo testMethod) =>
        NamesAttribute.All(_list).Where(name => Methods.WhyNot(name) is not null).Select(name => new object[] { name });
}
