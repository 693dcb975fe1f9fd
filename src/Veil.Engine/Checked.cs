using System.ComponentModel.DataAnnotations;
using Veil.Errors;

namespace Veil.Engine;

/// <summary>Checks the range attributes of a settings record.</summary>
internal static class Checked
{
    public static void Require(object settings)
    {
        var broken = new List<ValidationResult>();
        if (!Validator.TryValidateObject(settings, new ValidationContext(settings), broken, validateAllProperties: true))
        {
            throw new VeilException(VeilErrorCode.InvalidOption, string.Join(" ", broken.Select(result => result.ErrorMessage)), "See --help for the ranges.");
        }
    }
}
