// SPDX-License-Identifier: MIT
using System;
using nanoFramework.TestFramework;

namespace TinyInfer.Tests
{
    /// <summary>Expects a refusal with a status and a sentence.</summary>
    internal static class Refused
    {
        internal static TinyInferException With(Status status, Action action)
        {
            try
            {
                action();
            }
            catch (TinyInferException refusal)
            {
                Assert.AreEqual((int)status, (int)refusal.Status, refusal.Message);
                Assert.IsTrue(refusal.Message.Length > 10);
                return refusal;
            }

            Assert.IsTrue(false, "nothing was refused, expected status " + (int)status);
            return null;
        }
    }
}
